"""What a refusal looks like on the line: problem details (RFC 9457), with a Dutch sentence for a person.

Nothing that was sent is said back: a problem may end up in a log of somebody else.
"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rondom.api.wire import Probleem, Veldfout
from rondom.core.errors import RondomError, VoidByLaw

PROBLEM = "application/problem+json"
TYPES = {
    400: "onleesbaar", 401: "sleutel", 403: "mag-niet", 404: "niet-gevonden", 405: "methode", 409: "kan-zo-niet",
    411: "lengte", 413: "te-groot", 415: "soort-inhoud", 422: "klopt-niet", 429: "te-vaak", 500: "kapot",
    503: "nu-niet",
}  # fmt: skip
FIELDS = {
    "worry": "zorg", "child_1": "kinderen", "reporter_name": "melder.naam", "reporter_contact": "melder.bereikbaar",
    "talked_on": "gesproken_op", "not_talked_because": "niet_gesproken_omdat", "na": "na",
}  # fmt: skip
"""Our own names of fields, as they are called on the line."""


def titles() -> dict[int, str]:
    """Return what each kind of problem is called."""
    return {
        400: _("This cannot be read"), 401: _("No key that works"), 403: _("This key may not do this"),
        404: _("Not found"), 405: _("This cannot be done here"), 409: _("It cannot be done like this"),
        411: _("The length is missing"), 413: _("Too large"), 415: _("Only JSON can be read"),
        422: _("Something is not right"), 429: _("Too often"), 500: _("Something broke on our side"),
        503: _("Not possible at this moment"),
    }  # fmt: skip


def sentences() -> dict[int, str]:
    """Return what a person can do about each kind of problem, when nothing more precise is said."""
    return {
        400: _("Send JSON in UTF-8, as the description of this API says."),
        401: _("Send a key in the header Authorization. Does it not work? Ask the municipality for a new one."),
        403: _("Ask the functional administrator of the municipality for a key that may."),
        404: _("This does not exist, or is not yours to read."),
        405: _("Look in the description of this API what can be done here."),
        411: _("Send all at once, and say in Content-Length how long it is."),
        413: _("Send less at once."),
        415: _("Send JSON, with Content-Type: application/json."),
        429: _("You ask this very often. Wait a minute and try again."),
        500: _("Nothing was kept. Try again later; does it stay? Then call the municipality."),
        503: _("Nothing was kept. Try again in a minute."),
    }  # fmt: skip


def problem(
    status: int, detail: str = "", *, fields: list[tuple[str, str]] | None = None, source: str = ""
) -> HttpResponse:
    """Return the answer for a problem; `fields` are names on the line with what is wrong, `source` an article."""
    title = titles().get(status, titles()[422])
    said = detail or sentences().get(status, title)
    told = Probleem(
        type=f"urn:rondom:probleem:{TYPES.get(status, 'klopt-niet')}", title=title, status=status,
        detail=f"{said} ({source})" if source else said,
        velden=[Veldfout(veld=name, detail=words) for name, words in fields] if fields else None,
    )  # fmt: skip
    answer = HttpResponse(told.model_dump_json(exclude_none=True), status=status, content_type=PROBLEM)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        answer.headers["Retry-After"] = "60"
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def of_refusal(error: RondomError) -> HttpResponse:
    """Return the answer for a refusal of ours, beside the field it is about."""
    name = FIELDS.get(error.field, "")
    source = error.source if isinstance(error, VoidByLaw) else ""
    return problem(error.status, str(error), fields=[(name, str(error))] if name else None, source=source)


def of_validation(errors: list[dict[str, Any]]) -> HttpResponse:
    """Return the answer for a request that is not as described: per field what was expected, never what was sent."""
    fields = [(_name(error["loc"]), _said(error)) for error in errors[:20]]
    return problem(422, _("Look at the fields below."), fields=fields)


def _name(place: tuple[Any, ...]) -> str:
    where = place[1:] if place and place[0] in ("query", "header", "path") else place[2:]
    return ".".join(str(part)[:60] for part in where)


def _said(error: dict[str, Any]) -> str:
    kind, limits = str(error["type"]), error.get("ctx", {})
    if kind == "missing":
        return _("This field is missing.")
    if kind == "extra_forbidden":
        return _("This field is not known here.")
    if kind in ("string_too_long", "too_long"):
        return _("Too long: at most %(most)s.") % {"most": limits.get("max_length", "")}
    if kind in ("string_too_short", "too_short"):
        return _("Fill this in.")
    if kind.startswith("date"):
        return _("Write a date like this: 2026-11-26.")
    if kind.startswith("uuid"):
        return _("This is not an id.")
    if kind.startswith("bool"):
        return _("Choose true or false.")
    if kind.startswith(("int", "greater", "less")):
        return _("This number cannot be used here.")
    return _("This cannot be read here.")
