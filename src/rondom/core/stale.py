"""Two people saved the same record: the second sees both values per field and chooses, and keeps what was typed.

The page of a form that edits a record carries, per field, a short print of the value it was opened with. When the
record moved on (`core.errors.Stale`), a field that only one of the two changed keeps that change by itself, shown as
such; a field that both changed is asked: mine, theirs, or (for a text) both, one under the other.

Dutch words: intussen veranderd (changed meanwhile), van jou (mine), van je collega (theirs).
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

OPENED, CHOOSE, THEIRS = "_opened", "_choose_", "_theirs"


@dataclass(frozen=True)
class Difference:
    """One field that is not the same: both values in words, what is chosen already ("" = the person must choose)."""

    name: str
    label: Any
    mine: str
    theirs: str
    chosen: str
    can_join: bool
    hidden: SafeString


def plain(value: Any) -> Any:
    """Return a value in the form in which it is compared: what a form can show of it, not how it is stored."""
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "values_list"):
        return sorted(str(plain(v)) for v in value)
    return str(value).replace("\r\n", "\n").strip()


def _print(name: str, value: Any) -> str:
    return hashlib.sha256(json.dumps([name, plain(value)]).encode()).hexdigest()[:16]


def opened(values: Mapping[str, Any]) -> str:
    """Return the text of the hidden field that remembers what a form was opened with; no values in it."""
    return json.dumps({name: _print(name, value) for name, value in values.items()})


def _words(field: forms.Field, value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(field, forms.ModelChoiceField):
        many = value if isinstance(field, forms.ModelMultipleChoiceField) else [value] if value else []
        return ", ".join(field.label_from_instance(v) for v in many or ())
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _flat(field.choices)}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(v), "") for v in chosen if v not in (None, ""))
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H.i")
    if isinstance(value, dt.date):
        return formats.date_format(value, "j F Y")
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat += label if isinstance(label, list | tuple) else [(key, label)]
    return flat


def differences(form: forms.BaseForm, current: Mapping[str, Any], **kwargs: Any) -> list[Difference]:
    """Return the fields in which a valid form differs from the record as it is now.

    `current` holds the values of the record by field name; `kwargs` are what the form class was made with. The hidden
    inputs of both values are in each difference, so that the page can post either.
    """
    before: dict[str, str] = {}
    try:
        before = json.loads(str(form.data.get(OPENED, "{}")))
    except ValueError:
        before = {}
    theirs = type(form)(initial=dict(current), prefix=THEIRS, **kwargs)
    found = []
    for name, field in form.fields.items():
        if name not in current or isinstance(field, forms.FileField):
            continue
        mine = form.cleaned_data.get(name)
        if plain(mine) == plain(current[name]):
            continue
        chosen = ""
        if before.get(name) == _print(name, mine):
            chosen = "theirs"
        elif before.get(name) == _print(name, current[name]):
            chosen = "mine"
        found.append(
            Difference(
                name, form[name].label, _words(field, mine), _words(theirs.fields[name], current[name]), chosen,
                isinstance(field.widget, forms.Textarea) and not chosen, theirs[name].as_hidden(),
            )
        )  # fmt: skip
    return found


def chosen(posted: QueryDict) -> QueryDict:
    """Return what a page with both values means as an ordinary post of the form."""
    choices = {key.removeprefix(CHOOSE): value for key, value in posted.items() if key.startswith(CHOOSE)}
    if not choices:
        return posted
    data = posted.copy()
    for name, choice in choices.items():
        pattern = re.compile(rf"{re.escape(THEIRS)}-({re.escape(name)}(?:_\d+)?)$")
        theirs = {match[1]: posted.getlist(key) for key in posted if (match := pattern.match(key))}
        if choice == "theirs":
            for part in [key for key in data if re.fullmatch(rf"{re.escape(name)}(?:_\d+)?", key)]:
                del data[part]
            for part, values in theirs.items():
                data.setlist(part, values)
        elif choice == "both":
            data[name] = "\n\n".join(filter(None, [*theirs.get(name, []), *posted.getlist(name)]))
    return data
