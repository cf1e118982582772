"""Drafts: what somebody is typing is kept on the server, encrypted, for the one who types, and gone on submit.

A draft is bound to its owner, the name of the form and the subject of the form: one per three, under a key made of
them, so it cannot show up in another record. It is encrypted with that key as additional data. It is opened again only
while the owner still has sight of its anchor (the case, dossier or person it is about). Staff drafts live 14 days,
those of everybody else 7. Anonymous forms have none. A draft is no record of the dossier yet: saving one writes no
event, but it is part of a copy of the dossier that is asked for and is destroyed with it (ADR 0180).

Dutch words: concept (draft), bewaren (keep), weggooien (discard).

For a room, three lines:

    FORMS.register("desk.note", DraftForm(_("Note"), lambda case: reverse("desk:note", args=[case])))
    form, draft = form_with_draft(request, NoteForm, name="desk.note", subject=case.pk, anchor=case)
    if request.method == "POST" and form.is_valid():
        return draft.submit(lambda: write(...))      # once, and the draft is gone in the same transaction

and `{% include "dossiers/_draft.html" %}` inside the form.
"""

import dataclasses
import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidTag
from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rondom.core import clock, keys, once, stale
from rondom.core.errors import BadInput, NotFound, Stale
from rondom.core.events import subject as subject_pair
from rondom.core.models import Record
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.models import Case, Dossier, Draft
from rondom.dossiers.queries import cases_for, dossiers_for, persons_for
from rondom.people.models import Person
from rondom.privacy.enums import Sight, SubjectKind

logger = logging.getLogger("rondom.drafts")

A_WEEK = dt.timedelta(days=7)
KEPT_FOR = {"staff": 2 * A_WEEK, "resident": A_WEEK, "referrer": A_WEEK, "asker": A_WEEK}
LARGEST = 400_000  # characters of JSON; a note of a long meeting is 20,000
PAGE_LIVES = dt.timedelta(hours=24)  # how long a page that was left open may still keep text
FIELD = "_draft"
SALT = "rondom.dossiers.drafts"
NAMESPACE = UUID("5b7f0d2c-6a0e-5c1e-9d52-1f6f3f6a7d10")

Anchor = Case | Dossier | Person
Values = dict[str, list[str]]
ValuesOf = Callable[[Any], dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class DraftForm:
    """A form that keeps drafts: its title in lists, where it is opened again, and the sight it asks of staff."""

    title: Any
    address: Callable[[UUID], str]
    sight: Sight = Sight.OPEN


FORMS: Registry[DraftForm] = Registry("forms with drafts")


@dataclasses.dataclass(frozen=True)
class Binding:
    """What a draft is bound to, signed into the page so that autosave needs no look-up and cannot be redirected."""

    form: str
    subject: UUID
    owner: UUID
    owner_kind: str
    municipality: str
    anchor_kind: str
    anchor: UUID | None
    opened_version: int
    page: UUID

    @property
    def draft_id(self) -> UUID:
        """The one key for this owner, form and subject."""
        return draft_id(self.owner, self.form, self.subject)

    def token(self) -> str:
        """Return the signed text for the hidden field of a page."""
        parts = [
            self.form, str(self.subject), str(self.owner), self.owner_kind, self.municipality, self.anchor_kind,
            str(self.anchor or ""), self.opened_version, str(self.page),
        ]  # fmt: skip
        return signing.dumps(parts, salt=SALT)


@dataclasses.dataclass(frozen=True)
class Kept:
    """A draft as it is given back: the typed values by field, when they were saved, and the version then opened."""

    values: Values
    saved_at: dt.datetime
    expires_at: dt.datetime
    opened_version: int


def draft_id(owner: UUID, form: str, subject: UUID) -> UUID:
    """Return the key of the one draft of this owner, form and subject."""
    return uuid5(NAMESPACE, f"{owner}/{form}/{subject}")


def bind(by: Principal, *, form: str, subject: UUID, anchor: Anchor | None = None, opened_version: int = 0) -> Binding:
    """Return the binding of a form that `by` has open. `form` must be registered in FORMS."""
    FORMS[form]
    kind, pk = subject_pair(anchor) if anchor is not None else ("", None)
    municipality = anchor.municipality if anchor is not None else by.municipality
    return Binding(form, subject, by.key, by.kind, municipality, kind, pk, opened_version, once.fresh())


def bind_again(by: Principal, draft: Draft) -> Binding:
    """Return the binding of a draft of `by` that is there, for a page that lists it."""
    return Binding(
        draft.form, draft.subject, by.key, by.kind, draft.municipality, draft.anchor_kind, draft.anchor,
        draft.opened_version, once.fresh(),
    )  # fmt: skip


def read_token(token: str) -> Binding:
    """Return the binding a page carries; raise NotFound when it is not ours or older than a day."""
    try:
        form, subject, owner, owner_kind, municipality, anchor_kind, anchor, version, page = signing.loads(
            token, salt=SALT, max_age=PAGE_LIVES
        )
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("") from error
    if form not in FORMS:
        raise NotFound("")
    return Binding(
        form, UUID(subject), UUID(owner), owner_kind, municipality, anchor_kind,
        UUID(anchor) if anchor else None, version, UUID(page),
    )  # fmt: skip


def typed_values(posted: QueryDict) -> Values:
    """Return the typed fields of a posted form: everything but what the page itself put in (names with "_", csrf)."""
    return {
        name: [str(v) for v in values]
        for name, values in posted.lists()
        if not name.startswith("_") and name != "csrfmiddlewaretoken"
    }


def save(binding: Binding, values: Mapping[str, Iterable[str]], *, at: dt.datetime) -> dt.datetime:
    """Keep what was typed, in place of what was kept before; return the moment until which it is kept.

    Raises BadInput when it is more than anybody types. An empty form keeps nothing.
    """
    body = json.dumps({name: list(v) for name, v in values.items()}, ensure_ascii=True, separators=(",", ":"))
    if len(body) > LARGEST:
        raise BadInput(_("This is too much text for one form. Save what you have, and go on in a new one."))
    expires_at = at + KEPT_FOR[binding.owner_kind]
    if not any(text.strip() for v in values.values() for text in v):
        Draft.objects.filter(pk=binding.draft_id).delete()
        return expires_at
    draft = Draft(
        id=binding.draft_id, municipality=binding.municipality, owner=binding.owner, form=binding.form,
        subject=binding.subject, anchor_kind=binding.anchor_kind, anchor=binding.anchor, page=binding.page,
        body=body, opened_version=binding.opened_version, saved_at=at, expires_at=expires_at,
    )  # fmt: skip
    replaced = [f.name for f in Draft._meta.concrete_fields if not f.primary_key]
    Draft.objects.bulk_create([draft], update_conflicts=True, unique_fields=["id"], update_fields=replaced)
    return expires_at


def load(by: Principal, *, form: str, subject: UUID, at: dt.datetime) -> Kept | None:
    """Return the draft of this person for this form and subject, or None.

    None as well when it expired, when its page was submitted, or when its anchor is no longer in sight: the right is
    asked again, every time.
    """
    draft = Draft.objects.filter(pk=draft_id(by.key, form, subject), expires_at__gt=at).first()
    if draft is None:
        return None
    if once.used(draft.page):
        draft.delete()
        return None
    if not in_sight(by, draft, at=at):
        return None
    return _opened(draft)


def _opened(draft: Draft) -> Kept | None:
    try:
        values = json.loads(str(draft.body))
    except (InvalidTag, keys.KeysMissing, ValueError):
        logger.warning("draft cannot be read", extra={"draft": str(draft.pk)})
        return None
    return Kept(values, draft.saved_at, draft.expires_at, draft.opened_version)


def in_sight(by: Principal, draft: Draft, *, at: dt.datetime) -> bool:
    """Tell whether the owner still has sight of what the draft is about."""
    return draft.pk in _in_sight(by, [draft], at=at)


def _in_sight(by: Principal, drafts: Iterable[Draft], *, at: dt.datetime) -> set[UUID]:
    """Return the own drafts of which the owner still has sight of what they are about."""
    own = [d for d in drafts if d.owner == by.key]
    asked: dict[tuple[str, Sight], set[UUID]] = {}
    for d in own:
        if d.anchor is not None and d.form in FORMS:
            asked.setdefault((d.anchor_kind, _sight_for(by, d)), set()).add(d.anchor)
    rows: dict[str, Callable[..., QuerySet[Any]]] = {
        SubjectKind.CASE: partial(cases_for, few=True),
        SubjectKind.DOSSIER: partial(dossiers_for, few=True),
        SubjectKind.PERSON: persons_for,
    }
    seen = {
        (kind, sight): set(rows[kind](by, at=at, sight=sight).filter(pk__in=pks).values_list("pk", flat=True))
        for (kind, sight), pks in asked.items()
    }
    return {
        d.pk
        for d in own
        if d.anchor is None or (d.form in FORMS and d.anchor in seen[d.anchor_kind, _sight_for(by, d)])
    }


def _sight_for(by: Principal, draft: Draft) -> Sight:
    return Sight.RESIDENT if by.kind == "resident" else FORMS[draft.form].sight


def discard(owner: UUID, form: str, subject: UUID) -> None:
    """Throw a draft away; throwing away what is not there is quietly the same."""
    Draft.objects.filter(pk=draft_id(owner, form, subject)).delete()


def mine(by: Principal, *, at: dt.datetime) -> list[Draft]:
    """Return the drafts this person can open again, newest first."""
    found = list(Draft.objects.filter(owner=by.key, expires_at__gt=at).order_by("-saved_at", "pk"))
    sent, seen = once.used_among(d.page for d in found), _in_sight(by, found, at=at)
    return [d for d in found if d.form in FORMS and d.page not in sent and d.pk in seen]


def expire(*, at: dt.datetime) -> int:
    """Destroy drafts that are past their time; return how many. Run by the scheduler."""
    return Draft.objects.filter(expires_at__lte=at).delete()[0]


def about(anchors: Iterable[UUID]) -> QuerySet[Draft]:
    """Return the drafts about these cases, dossiers and persons: for copies and for destruction."""
    return Draft.objects.filter(anchor__in=list(anchors))


@dataclasses.dataclass
class OpenDraft:
    """The draft side of a page that shows a form."""

    request: Any
    binding: Binding
    kept: Kept | None
    values: ValuesOf | None = None
    form_kwargs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    opened: str = ""

    @property
    def token(self) -> str:
        """The signed binding, for the hidden field."""
        return self.binding.token()

    @property
    def once_key(self) -> UUID:
        """The one-time key of this page, for the hidden field."""
        return self.binding.page

    @property
    def opened_version(self) -> int:
        """The version of the record when this text was begun: what the action compares with."""
        return self.binding.opened_version

    @property
    def restored(self) -> bool:
        """Tell whether the form shows a draft kept earlier."""
        return self.kept is not None and self.request.method != "POST"

    def submit(self, act: Callable[[], str]) -> HttpResponseRedirect:
        """Run `act` once and throw the draft away in the same transaction; redirect to the address `act` returns."""

        def act_and_discard() -> str:
            address = act()
            discard(self.binding.owner, self.binding.form, self.binding.subject)
            return address

        return once.answer(self.request, act_and_discard, key=self.binding.page)

    def show_both(self, form: Any, error: Stale) -> HttpResponse:
        """Answer that somebody else saved first: both values per field, to choose; the typed text is kept as draft."""
        at = clock.now()
        save(self.binding, typed_values(self.request.POST), at=at)
        current = self.values(error.current) if self.values else {}
        found = stale.differences(form, current, **self.form_kwargs)
        again = dataclasses.replace(self.binding, opened_version=error.current.version, page=once.fresh())
        context = {
            "sentence": error.sentence,
            "differences": found,
            "hidden": _hidden(form, {FIELD: again.token(), once.FIELD: str(again.page), stale.OPENED: "{}"}),
        }
        return render(self.request, "stale_choice.html", context, status=error.status)


def _hidden(form: Any, own: Mapping[str, str]) -> SafeString:
    """Return the typed values of a form as hidden inputs, with those of the page itself."""
    inputs = [forms.HiddenInput().render(name, value) for name, value in own.items()]
    inputs += [form[name].as_hidden() for name, field in form.fields.items() if not isinstance(field, forms.FileField)]
    return format_html_join("", "{}", ((i,) for i in inputs))


def form_with_draft(
    request: Any,
    form_class: type[forms.BaseForm],
    *,
    name: str,
    subject: UUID,
    anchor: Anchor | None = None,
    record: Record | None = None,
    values: ValuesOf | None = None,
    **kwargs: Any,
) -> tuple[Any, OpenDraft]:
    """Return the form of this page and its draft; on a GET the form holds what was typed before, if anything.

    Call it after the page's own permission query. `record` is the row being edited, if any: its version is kept with
    the draft, so that a text restored after somebody else saved is shown beside theirs (core.stale). `values` gives
    the values of such a row by field name. Extra arguments go to the form.
    """
    by: Principal = request.principal
    initial = dict(kwargs.pop("initial", None) or {})
    version = record.version if record else 0
    if request.method == "POST":
        binding = _posted(request, name, subject) or bind(
            by, form=name, subject=subject, anchor=anchor, opened_version=version
        )
        draft = OpenDraft(request, binding, None, values, kwargs, request.POST.get(stale.OPENED, ""))
        return form_class(stale.chosen(request.POST), request.FILES, initial=initial, **kwargs), draft
    kept = load(by, form=name, subject=subject, at=clock.now())
    if kept and record:
        version = kept.opened_version
    binding = bind(by, form=name, subject=subject, anchor=anchor, opened_version=version)
    opened = ""
    if record and values:
        initial |= values(record)
        opened = stale.opened(initial) if version == record.version else "{}"
    draft = OpenDraft(request, binding, kept, values, kwargs, opened)
    if kept:
        initial |= typed_again(form_class(initial=initial, **kwargs), kept.values)
    return form_class(initial=initial, **kwargs), draft


def _posted(request: Any, name: str, subject: UUID) -> Binding | None:
    """Return the binding the posted page carries, when it is the one of this form, subject and person."""
    try:
        binding = read_token(request.POST.get(FIELD, ""))
    except NotFound:
        return None
    same = (binding.form, binding.subject, binding.owner) == (name, subject, request.principal.key)
    return binding if same else None


def typed_again(form: forms.BaseForm, values: Values) -> dict[str, Any]:
    """Return initial values that make a form show exactly what was typed, valid or not."""
    data = QueryDict(mutable=True)
    for name, typed in values.items():
        data.setlist(name, typed)
    found = {}
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField) or field.widget.value_omitted_from_data(data, {}, form.add_prefix(name)):
            continue
        found[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))  # type: ignore[arg-type]
    return found


def keep_posted(request: HttpRequest) -> str:
    """Keep what a post carries whose sign-in or form protection ended; return where it can be opened again.

    The signed binding in the page says whose text it is; it is shown to nobody but that person, after signing in.
    """
    try:
        binding = read_token(request.POST.get(FIELD, ""))
        principal: Principal | None = getattr(request, "principal", None)
        if principal is not None and principal.key != binding.owner:
            return ""
        if once.used(binding.page):
            return FORMS[binding.form].address(binding.subject)
        save(binding, typed_values(request.POST), at=clock.now())
    except (NotFound, BadInput):
        return ""
    return FORMS[binding.form].address(binding.subject)
