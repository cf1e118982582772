"""What a system can ask and send. Each endpoint translates, makes one call inward, and translates the answer."""

import datetime as dt
import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from rondom.allocations.models import Allocation
from rondom.api import actions, cursors, queries
from rondom.api.door import VERSION, Bearer, may
from rondom.api.enums import WIRE_FREQUENCY, WIRE_GROUND, WIRE_STATE, Scope
from rondom.api.models import ApiKey
from rondom.api.problems import PROBLEM, of_validation, problem
from rondom.api.wire import (
    Contactpersoon,
    Omvang,
    Probleem,
    Product,
    Toewijzing,
    Toewijzingen,
    Wijziging,
    Wijzigingen,
    Zorg,
    Zorgen,
    ZorgIn,
)
from rondom.core import clock
from rondom.core.events import look
from rondom.entry.actions import Named
from rondom.entry.enums import Part
from rondom.entry.models import Concern
from rondom.entry.rules import may_hear

PAGE, MOST = 50, 100
ONCE = Header(alias="Idempotency-Key", description="Een nieuwe UUID per zorg. Dezelfde nog eens: één zorg.")
ABOUT = """Voor systemen van organisaties die wij al kennen: scholen, praktijken, aanbieders en de gemeente zelf.

U meldt een zorg over een kind en hoort of die is opgepakt. Een aanbieder leest wat bij hem is besteld: product, omvang,
periode en grond. Een plan, een gesprek of een beoordeling van veiligheid komt hier nooit.

Elke organisatie heeft een eigen sleutel, van de functioneel beheerder van de gemeente. Hoe u begint, staat in
docs/how-to/connect-a-system.md."""


class StrictParser(Parser):
    """Reads JSON as it is meant: UTF-8, no NaN, not nested past all bounds."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what was sent; raises HttpError 400 when it cannot be read."""
        try:
            return json.loads(request.body.decode("utf-8"), parse_constant=_refused)
        except (ValueError, RecursionError):
            raise HttpError(400, "") from None


def _refused(_constant: str) -> Any:
    raise ValueError


api = NinjaAPI(
    title="Rondom", version=VERSION, description=ABOUT, docs_url=None, openapi_url=None, parser=StrictParser(),
    auth=Bearer(), urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)  # fmt: skip


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the library refuses."""
    return problem(error.status_code)


@api.exception_handler(ValidationError)
def not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request that is not as described."""
    return of_validation(error.errors)


def _told(request: HttpRequest, answer: Schema, *, status: int = 200) -> HttpResponse:
    """Return an answer with the tag of its content; 304 for a reader who has just this already."""
    body = answer.model_dump_json(exclude_none=True).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    same = request.method == "GET" and (tag in known or f"W/{tag}" in known or known == ["*"])
    told = HttpResponseNotModified() if same else HttpResponse(body, status=status, content_type="application/json")
    told.headers["ETag"] = tag
    told.headers["Cache-Control"] = "private, no-cache"  # may be kept by the reader alone, and is asked for again
    return told


def _refusals(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys((401, 403, *statuses, 429), Probleem)


def _place(na: str, listed: str, key: ApiKey) -> list[str] | None:
    return cursors.read(na, listed=listed, holder=key.holder.pk) if na else None


def _id_in(place: list[str] | None) -> UUID | None:
    return UUID(place[0]) if place else None


# --- worries


@api.post(
    "/zorgen", response={201: Zorg, 200: Zorg, **_refusals(400, 409, 411, 413, 415, 422)}, url_name="concerns",
    summary="Meld een zorg over een kind", operation_id="meldZorg", tags=["zorgen"],
)  # fmt: skip
def send_concern(
    request: Any, zorg: ZorgIn,
    once: UUID = ONCE,
) -> HttpResponse:  # fmt: skip
    """Stuur een zorg. Die wacht op triage; er gaat nog geen dossier open.

    Praat eerst met de ouders of de jongere. Kon dat niet? Dan is de reden verplicht.
    """
    by, key = may(request, Scope.CONCERNS)
    at = clock.now()
    said = actions.Worry(
        worry=zorg.zorg, going_well=zorg.gaat_goed, danger_now=zorg.nu_in_gevaar, talked_on=zorg.gesproken_op,
        not_talked_because=zorg.niet_gesproken_omdat, agreed_with_family=zorg.afgesproken,
        reporter_name=zorg.melder.naam, reporter_contact=zorg.melder.bereikbaar, digest=actions.mac_of(request.body),
        persons=(
            *(Named(Part.CHILD, kind.naam, kind.geboren_op) for kind in zorg.kinderen),
            *(Named(Part.ADULT, adult.naam, what=adult.wat) for adult in zorg.volwassenen),
        ),
    )  # fmt: skip
    row, fresh = actions.send_concern(by=by, at=at, key=key, once=once, said=said)
    told = _told(request, _concern(row, key, at, danger=row.danger_now), status=201 if fresh else 200)
    told.headers["Location"] = reverse("api:concern", args=[row.pk])
    return told


def _concern(row: Concern, key: ApiKey, at: dt.datetime, *, danger: bool = False) -> Zorg:
    heard = queries.heard(row, key, at=at)
    calls = Contactpersoon(naam=heard.calls, telefoon=heard.phone) if heard.calls else None
    first = _("A child may be in danger now: call 112 or Veilig Thuis (0800-2000) first. This message is no call.")
    return Zorg(
        id=row.pk, ontvangen_op=clock.today(row.received_at), staat="opgepakt" if heard.picked_up_on else "ontvangen",
        opgepakt_op=heard.picked_up_on, contactpersoon=calls, u_hoort=str(may_hear(row.reporter_kind)),
        let_op=first if danger else None,
    )  # fmt: skip


@api.get(
    "/zorgen", response={200: Zorgen, **_refusals(422)}, url_name="concerns", operation_id="eigenZorgen",
    summary="Zorgen die uw organisatie meldde", tags=["zorgen"],
)  # fmt: skip
def own_concerns(request: Any, na: str = Query(""), aantal: int = Query(PAGE, ge=1, le=MOST)) -> HttpResponse:
    """Lees van elke zorg die uw organisatie meldde of die is opgepakt. Wat u schreef, komt niet terug."""
    by, key = may(request, Scope.CONCERNS)
    at, after = clock.now(), _id_in(_place(na, "zorgen", key))
    rows = queries.concerns_of(key, at=at)
    found = list((rows.filter(pk__gt=after) if after else rows)[: aantal + 1])
    shown = found[:aantal]
    look(by, "api.concerns_heard", subjects=[("concern", row.pk) for row in shown], ground="sent it", at=at)
    more = cursors.written([str(shown[-1].pk)], listed="zorgen", holder=key.holder.pk) if len(found) > aantal else None
    return _told(request, Zorgen(resultaten=[_concern(row, key, at) for row in shown], volgende=more))


@api.get(
    "/zorgen/{uuid:concern}", response={200: Zorg, **_refusals(404)}, url_name="concern", operation_id="eigenZorg",
    summary="Hoe staat het met één zorg", tags=["zorgen"],
)  # fmt: skip
def own_concern(request: Any, concern: UUID) -> HttpResponse:
    """Lees of een zorg die uw organisatie meldde is opgepakt."""
    by, key = may(request, Scope.CONCERNS, concern=concern)
    at = clock.now()
    return _told(request, _concern(queries.open_own_concern(by, key, concern, at=at), key, at))


# --- orders


@api.get(
    "/toewijzingen", response={200: Toewijzingen, **_refusals(422)}, url_name="allocations",
    summary="Wat er is besteld", operation_id="toewijzingen", tags=["toewijzingen"],
)  # fmt: skip
def allocations(request: Any, na: str = Query(""), aantal: int = Query(PAGE, ge=1, le=MOST)) -> HttpResponse:
    """Lees wat bij uw organisatie is besteld, of (voor de gemeente) wat zij betaalt.

    Een bestelling die eindigde, staat er nog een maand in. Wat over een geheim adres gaat, komt hier niet: dat hoort u
    van een mens.
    """
    by, key = may(request, Scope.ALLOCATIONS)
    at, after = clock.now(), _id_in(_place(na, "toewijzingen", key))
    rows = queries.orders_of(by, key, at=at)
    found = list((rows.filter(pk__gt=after) if after else rows)[: aantal + 1])
    shown = found[:aantal]
    about = [("dossier", row.dossier_id) for row in shown]
    look(by, "api.allocations_listed", subjects=about, ground=f"organisation: {actions.GROUND}", at=at)
    last = [str(shown[-1].pk)] if len(found) > aantal else None
    more = cursors.written(last, listed="toewijzingen", holder=key.holder.pk) if last else None
    return _told(request, Toewijzingen(resultaten=[_allocation(row) for row in shown], volgende=more))


def _allocation(row: Allocation) -> Toewijzing:
    product, provider = row.product, row.provider
    if product is None or provider is None:
        raise ValueError("an order that is read by a system has a product and a provider")
    volume = None
    if row.volume:
        volume = Omvang(aantal=row.volume, eenheid=row.unit, per=WIRE_FREQUENCY[row.frequency])  # type: ignore[index]
    return Toewijzing(
        id=row.pk, aanbieder=provider.name, omvang=volume, begint_op=row.starts, eindigt_op=row.last_day,
        product=Product(categorie=product.category, code=product.code, naam=product.name),
        grond=WIRE_GROUND[row.ground], staat=WIRE_STATE[row.state], gewijzigd_op=row.changed_at,  # type: ignore[index]
    )  # fmt: skip


@api.get(
    "/toewijzingen/{uuid:allocation}", response={200: Toewijzing, **_refusals(404)}, url_name="allocation",
    summary="Eén bestelling", operation_id="toewijzing", tags=["toewijzingen"],
)  # fmt: skip
def one_allocation(request: Any, allocation: UUID) -> HttpResponse:
    """Lees één bestelling."""
    by, key = may(request, Scope.ALLOCATIONS, allocation=allocation)
    return _told(request, _allocation(queries.open_order(by, key, allocation, at=clock.now())))


# --- changes


@api.get(
    "/wijzigingen", response={200: Wijzigingen, **_refusals(422)}, url_name="changes", operation_id="wijzigingen",
    summary="Wat er nieuw of veranderd is", tags=["wijzigingen"],
)  # fmt: skip
def changes(request: Any, na: str = Query(""), aantal: int = Query(PAGE, ge=1, le=MOST)) -> HttpResponse:
    """Lees wat er nieuw of veranderd is van wat uw sleutel mag lezen, het oudste eerst.

    Begin zonder `na` en bewaar daarna steeds `tot_hier`. Een wijziging staat er na een minuut in.
    """
    by, key, at = request.principal, request.api_key, clock.now()
    place = _place(na, "wijzigingen", key)
    after = cursors.moment_of(place) if place else None
    found = queries.changes_since(by, key, after, at=at, most=aantal + 1)
    shown, last = found[:aantal], na or None
    look(by, "api.changes_listed", subjects=[(_KIND[row.kind], row.pk) for row in shown], at=at)
    if shown:
        newest = [shown[-1].at.isoformat(), str(shown[-1].pk)]
        last = cursors.written(newest, listed="wijzigingen", holder=key.holder.pk)
    told = [Wijziging(soort=row.kind, id=row.pk, gewijzigd_op=row.at) for row in shown]
    return _told(request, Wijzigingen(resultaten=told, tot_hier=last, meer=len(found) > aantal))


_KIND = {"toewijzing": "allocation", "zorg": "concern"}


def document() -> dict[str, Any]:
    """Return the OpenAPI document of this API, as it is served and as it stands in docs/reference."""
    found = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    for path in found["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    return found


def text() -> str:
    """Return the document as JSON."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
