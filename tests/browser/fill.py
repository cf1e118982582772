"""What the walk over all pages puts in an address, and which addresses it leaves out, with the reason.

A keyword named after a model (`<uuid:case>`, `<uuid:person>`) is filled with rows of that model by itself. Anything
else is registered here by the room that makes the address.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from rondom.accounts.actions import award_role
from rondom.accounts.enums import Role
from rondom.api import actions as api
from rondom.api.models import ApiKey
from rondom.api.queries import principal_of
from rondom.core import clock
from rondom.core.ids import new_id
from rondom.decisions import making, notices
from rondom.decisions.queries import applications_for
from rondom.demo import cast_figures
from rondom.demo.cast import Cast
from rondom.documents import actions as documents
from rondom.documents import store
from rondom.documents.enums import MediaType
from rondom.documents.models import Document
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import ProcessGround
from rondom.dossiers.models import MeetingParticipant
from rondom.entry.actions import Named
from rondom.entry.enums import Part
from rondom.people import actions as people
from rondom.people.actions import grant_whereabouts
from rondom.people.merging import merge_persons
from rondom.people.search import ask_elsewhere
from rondom.plans import actions as plans
from rondom.plans.filing import as_text
from rondom.plans.models import FamilyPlan
from rondom.reference import actions as reference
from tests.decisions.conftest import Desk

VALUES: dict[str, Callable[[Cast], Iterable[object]]] = {
    "aid": lambda cast: ["triage"],
    "edition": lambda cast: ["2014-1"],
    "letter_key": lambda cast: ["decision"],
    "code_list": lambda cast: ["municipality"],
    "parameter_name": lambda cast: ["completion_term_days"],
    "term": lambda cast: ["coordinator"],
    "indicator": lambda cast: ["youths_with_help", "help_started"],
    "comparison": lambda cast: ["share", "referrers"],
    "crisis_quarter": lambda cast: ["2016Q3"],
    "edition_number": lambda cast: [1],
    "register_region": lambda cast: ["flevoland"],
    "flag_id": lambda cast: ["CF04"],
    "report_format": lambda cast: ["csv"],
    "meetingparticipant": lambda cast: _seats(),  # the furthest first: others hold the meeting of today
}
"""Keyword -> values to try, from the cast."""


def _seats() -> list[object]:
    return list(MeetingParticipant.objects.order_by("-meeting__planned_at", "pk").values_list("pk", flat=True))


PREPARE: list[Callable[[Cast], None]] = []
"""What must be there for a page to have something to show, beyond what the cast holds. Runs once, before the walk."""


def prepares(function: Callable[[Cast], None]) -> Callable[[Cast], None]:
    """Register something to do before the walk."""
    PREPARE.append(function)
    return function


@prepares
def ask_a_role_that_waits(cast: Cast) -> None:
    """A privileged role that waits for a second administrator."""
    by = cast.principal("tom")
    award_role(by=by, at=cast.at, staff=cast.staff["yasmin"], role=Role.PRIVACY_OFFICER, starts=clock.today(cast.at))


@prepares
def reckon_figures(cast: Cast) -> None:
    """A snapshot of the facts and the published figures that come with Rondom."""
    cast_figures.figures(cast.at)


@prepares
def set_up_second_factors(cast: Cast) -> None:
    """An app and recovery codes: the pages about them have something to show."""
    account = cast.staff["yasmin"].account
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


@prepares
def put_two_rows_together(cast: Cast) -> None:
    """Somebody who stood there twice and is one person now: a merge that can be taken back."""
    sanne, wim = cast.principal("sanne"), cast.principal("wim")
    kept, gone = (
        people.register_person(by=sanne, at=cast.at, called="Ayla", family_name=name) for name in ("Demir", "Demirci")
    )
    merge_persons(
        by=wim, at=cast.at, kept=kept, gone=gone, reason="Zelf nagevraagd", opened_version=gone.version
    )  # fmt: skip


@prepares
def add_a_newer_version(cast: Cast) -> None:
    """A document with a version before it, so that both pages and their table are seen."""
    old = Document.objects.get(title="Verslag van school, groep 4")
    blob, size, digest = store.keep([b"Verslag van school, groep 4, met de toetsen erbij."])
    documents.receive(
        by=cast.principal("sanne"), at=cast.at, case=old.case, kind=old.kind, title=old.title, author=old.author,
        concerns=list(old.concerns.all()), regime=old.regime, blob=blob, size=size, digest=digest,
        media_type=MediaType.TXT, replaces=old,
    )  # fmt: skip


@prepares
def give_the_right_to_a_secret_address(cast: Cast) -> None:
    """A colleague may see one secret address for a week."""
    grant_whereabouts(
        by=cast.principal("els"), at=cast.at, person=cast.person["lot"], staff=cast.staff["sanne"].pk,
        reason="Huisbezoek deze week", until=cast.at + dt.timedelta(days=7),
    )  # fmt: skip


@prepares
def ask_whether_somebody_is_known(cast: Cast) -> None:
    """A colleague of another team asked with a BSN; the question waits for who coordinates."""
    ask_elsewhere(
        by=cast.principal("fatima"), at=cast.at, bsn=str(cast.person["esra"].bsn), reason="De school belde mij"
    )


@prepares
def ask_a_second_person_about_goals(cast: Cast) -> None:
    """The municipality lets a second person look at a goal before help is ordered for it (S16)."""
    began = cast.at - dt.timedelta(days=3)
    reference.propose(
        by=cast.principal("tom", at=began), at=began, name="plan_screening", scope="GM0303", value="ja",
        source="Uitvoeringsregels jeugdhulp", starts=clock.today(cast.at), seen=None,
    )  # fmt: skip


@prepares
def decide_and_write_the_letters(cast: Cast) -> None:
    """A decision was signed and its letters lie ready to be sent."""
    desk = Desk(cast, cast.at)
    row = desk.prepare(desk.apply("lot"))
    desk.ask(row)
    signed = desk.sign(row)
    making.make_letters(signed, by=cast.principal("sanne"), at=cast.at, filed_by=cast.staff["sanne"])


@prepares
def take_process_coordination_up(cast: Cast) -> None:
    """A process coordinator helps a family on: the page on which that ends."""
    asked = dossiers.ask_process(
        by=cast.principal("joris"), at=cast.at, case=cast.case["smeets"], asked_by=cast.staff["joris"],
        ground=ProcessGround.INSTITUTIONS, words="De woningbouw en school wijzen naar elkaar.",
    )  # fmt: skip
    dossiers.decide_process(
        by=cast.principal("yasmin"), at=cast.at, request=asked, decided_by=cast.staff["yasmin"], takes_up=True,
        decision="Ik bel beide en nodig ze samen uit.",
    )  # fmt: skip


@prepares
def write_about_an_application(cast: Cast) -> None:
    """A mother asked something and got the letter that it came in."""
    sanne = cast.principal("sanne")
    row = applications_for(sanne, at=cast.at).get(pk=Desk(cast, cast.at).apply("noor").pk)
    notices.make(row, notices.to_make(row)[0], by=sanne, at=cast.at, filed_by=cast.staff["sanne"])


@prepares
def send_a_worry_from_a_connected_system(cast: Cast) -> None:
    """A school sent a worry from its own system: the page of the worry says so."""
    key = ApiKey.objects.get(name="Leerlingvolgsysteem")
    said = api.Worry(
        worry="Komt vaak te laat en is erg moe.", reporter_name="juf Anja", reporter_contact="0321 555 710",
        persons=(Named(Part.CHILD, "Mees Kok"),), talked_on=clock.today(cast.at),
    )  # fmt: skip
    api.send_concern(by=principal_of(key), at=cast.at, key=key, once=new_id(), said=said)


@prepares
def file_the_plan_of_a_family(cast: Cast) -> None:
    """The plan of a family lies in the files of its children, though not all have signed: a mother reads a sheet."""
    plan, despite = FamilyPlan.objects.get(case=cast.case["visser"]), "Peter komt volgende week."
    made = [plans.Made(sheet, as_text(sheet), MediaType.TXT) for sheet in plans.sheets_to_file(plan, despite)]
    plans.file_signed(
        by=cast.principal("sanne"), at=cast.at, plan=plan, filed_by=cast.staff["sanne"], made=made, despite=despite,
        keep=lambda content: store.keep([content]),
    )  # fmt: skip


LEFT_OUT: dict[str, str] = {
    **{
        f"api:{name}": "is for systems with a key: shows no page (tests/api)"
        for name in (
            "openapi",
            "concerns",
            "concern",
            "allocations",
            "allocation",
            "changes",
        )
    },
    "account_confirm_email": "needs a link from a mail",
    "account_reset_password_from_key": "needs a link from a mail",
    "core:readyz": "tells whether an installation can work: the site of a test has no worker, so it says 503",
    "password_link": "needs a link that is used once",
    "mfa_remove_webauthn": "needs a passkey, which only a browser can make: test_session.py walks past it",
    "openid_connect_callback": "answers the identity provider, shows no page",
    "openid_connect_login": "goes to the identity provider",
}
"""Name of an address -> why nobody can just go there."""

HOSTILE_ALSO: dict[str, tuple[str, ...]] = {
    "api.ApiKey": ("name",),
    "documents.LetterTemplate": ("title", "because"),
}
"""Model label -> text fields outside its personal ones that hold what people type."""
