"""Signing a version of the plan: who is asked, what each answers on their own device or on paper, and filing it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.accounts.assurance import enough
from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.principals import Principal
from rondom.documents import actions as documents
from rondom.documents.enums import DocumentKind, MediaType, Regime
from rondom.documents.models import Document
from rondom.dossiers.models import CaseDossier
from rondom.dossiers.queries import people_in
from rondom.people.models import Person
from rondom.plans import queries
from rondom.plans.actions.plan import is_open, tell
from rondom.plans.enums import PlanState, SignatureState, SignedBy
from rondom.plans.filing import Filing, Sheet, sheets_of
from rondom.plans.models import FamilyPlan, FiledPlan, PlanSignature
from rondom.plans.resident import part_for
from rondom.plans.signers import covered, signers_of


@action
def ask_signatures(*, by: Principal, at: dt.datetime, plan: FamilyPlan, asked_by: StaffMember) -> list[PlanSignature]:
    """Ask everybody whose signature this version needs, as far as they were not asked yet.

    Raises BadInput for a plan that was not agreed, that is about nobody, or of which it is not known who decides about
    a child. Later changes of the plan make a new version; whose part changed is asked anew.
    """
    is_open(plan)
    if plan.state != PlanState.AGREED:
        raise BadInput(_("Agree on the plan with the family first; then it can be signed."))
    _hold(plan)
    signers = signers_of(plan, clock.today(at))
    if signers.unknown:
        seen = people_in(plan.case, by, at=at)  # one of them may be a youth who is kept from whoever asks
        names = ", ".join(person.short_name for person in signers.unknown if person in seen)
        if not names:
            raise BadInput(_("It is not known of every child in this plan who has authority. Ask the coordinator."))
        raise BadInput(_("Find out first who has authority over: %(names)s.") % {"names": names})
    asked = set(PlanSignature.objects.filter(plan=plan, plan_version=plan.version).values_list("person", flat=True))
    rows = [
        PlanSignature(
            municipality=plan.municipality, plan=plan, case=plan.case, person_id=person, plan_version=plan.version,
            because=because, asked_by=asked_by, asked_at=at, created_at=at,
        )
        for person, because in signers.because.items() if person not in asked
    ]  # fmt: skip
    if not rows and not asked:
        raise BadInput(_("The plan is about nobody yet: add a goal first."))
    made = PlanSignature.objects.bulk_create(rows)
    tell(by, "plans.signatures_asked", plan, plan, at)
    return made


@action
def answer_signature(
    *, by: Principal, at: dt.datetime, plan: FamilyPlan, signs: bool, digest: str, reason: str = ""
) -> PlanSignature:
    """Answer as the signed-in resident: sign the part one was shown (`digest`), or say why not.

    Raises NotAllowed for a sign-in that is not sure enough, BadInput when nobody asked, when the plan changed since the
    page was read, when there is nothing to sign in it for this person, or without a reason not to sign.
    """
    is_open(plan)
    if not enough(by.assurance):
        raise NotAllowed(_("Sign in with more certainty (with the DigiD app) to sign the plan."))
    row = PlanSignature.objects.filter(plan=plan, person=by.person, state=SignatureState.ASKED).first()
    if row is None:
        raise BadInput(_("Nobody asks you to sign this plan now."))
    part = part_for(by, plan, at=at)
    if not part.texts:
        raise BadInput(_("There is nothing for you to sign here yet. Ask your contact person."))
    if part.digest != digest:
        raise BadInput(_("The plan changed while you were reading. Read it again before you sign."))
    if not signs and not reason.strip():
        raise BadInput(_("Write what is not right in the plan. Then your contact person knows."), field="reason")
    day = clock.today(at)
    covers = covered(plan, row.person_id, signers_of(plan, day))
    _answer(
        row, at, covers=covers, state=SignatureState.SIGNED if signs else SignatureState.DECLINED, way=SignedBy.PORTAL,
        signed_on=day if signs else None, assurance=by.assurance, digest=digest,
        reason="" if signs else reason.strip(),
    )  # fmt: skip
    tell(by, "plans.plan_signed" if signs else "plans.signature_declined", row, plan, at, "state")
    return row


def _answer(row: PlanSignature, at: dt.datetime, **values: object) -> None:
    """Answer a question once: of two answers at the same moment the first one stands."""
    taken = PlanSignature.objects.filter(pk=row.pk, state=SignatureState.ASKED).update(
        version=row.version + 1, changed_at=at, answered_at=at, **values
    )
    if not taken:
        raise BadInput(_("This was answered already."))
    row.refresh_from_db()


@action
def register_paper(
    *, by: Principal, at: dt.datetime, signature: PlanSignature, registered_by: StaffMember, signed_on: dt.date,
    document: Document | None,
) -> PlanSignature:  # fmt: skip
    """Write down that somebody signed on paper, with the scan of it from the documents of this family.

    Raises BadInput without a document of this case, or for a day that cannot be.
    """
    is_open(signature.plan)
    if document is None or document.case_id != signature.case_id:
        raise BadInput(
            _("Add the signed paper to the documents of this family first, and choose it here."), field="document"
        )
    day = clock.today(at)
    if signed_on > day or signed_on < clock.today(signature.asked_at):
        raise BadInput(_("Choose the day on which it was signed, not before it was asked."), field="signed_on")
    covers = covered(signature.plan, signature.person_id, signers_of(signature.plan, day))
    _answer(
        signature, at, covers=covers, state=SignatureState.SIGNED, way=SignedBy.PAPER, signed_on=signed_on,
        document=document, registered_by=registered_by,
    )  # fmt: skip
    tell(by, "plans.plan_signed", signature, signature.plan, at, "state", "document")
    return signature


@dataclass(frozen=True)
class Made:
    """A sheet of the plan made into a file. That takes a while, so it is done before the transaction."""

    sheet: Sheet
    content: bytes
    media_type: MediaType


def sheets_to_file(plan: FamilyPlan, despite: str = "") -> list[Sheet]:
    """Return the sheets of the version as it is, one per child and one per group of children.

    Raises BadInput for a version that nobody was asked to sign, that was filed, or that is about no child here; Unwise
    (field despite) while an answer is missing or somebody does not sign.
    """
    is_open(plan)
    answers = queries.signatures_of(plan)
    if not answers:
        raise BadInput(_("Ask for signatures first: a signed plan is filed, not a concept."))
    if queries.is_filed(plan):
        raise BadInput(_("This version was filed already."))
    missing = [row for row in answers if row.state != SignatureState.SIGNED]
    if missing and not despite.strip():  # no names: one of them may be a youth who is kept from whoever files
        sentence = _("Signed by %(signed)s of %(asked)s who were asked. File it all the same? Then write why.")
        raise Unwise(sentence % {"signed": len(answers) - len(missing), "asked": len(answers)}, field="despite")
    signers = signers_of(plan, clock.today(answers[0].asked_at))
    sheets = sheets_of(Filing(plan, answers, signers, despite.strip() if missing else ""))
    if not sheets:
        raise BadInput(_("Nothing in this plan is about a child with a dossier here."))
    return sheets


@action
def file_signed(
    *, by: Principal, at: dt.datetime, plan: FamilyPlan, filed_by: StaffMember, made: Sequence[Made],
    keep: Callable[[bytes], tuple[UUID, int, str]], despite: str = "",
) -> list[FiledPlan]:  # fmt: skip
    """File the signed version per child, as the sheets were made; `keep` puts a file in the store.

    Raises as `sheets_to_file`, and BadInput when the plan changed since the sheets were made.
    """
    _hold(plan)
    if sheets_to_file(plan, despite) != [each.sheet for each in made]:
        raise BadInput(_("Somebody changed this plan in the meantime. Look at it again before you go on."))
    rows = [_file(by, at, plan, filed_by, each, keep) for each in made]
    tell(by, "plans.plan_filed", plan, plan, at)
    return rows


def _hold(plan: FamilyPlan) -> None:
    """Hold a plan until this transaction ends, so that of two who ask or file at once the second sees the first."""
    FamilyPlan.objects.select_for_update().get(pk=plan.pk)


def _file(
    by: Principal, at: dt.datetime, plan: FamilyPlan, filed_by: StaffMember, made: Made,
    keep: Callable[[bytes], tuple[UUID, int, str]],
) -> FiledPlan:  # fmt: skip
    blob, size, digest = keep(made.content)
    document = documents.receive(
        by=by, at=at, case=plan.case, kind=DocumentKind.PLAN, title=made.sheet.title[:160], regime=Regime.YOUTH_HELP,
        concerns=made.sheet.concerns, blob=blob, size=size, digest=digest, media_type=made.media_type,
        dated_on=clock.today(at), replaces=_older(plan, made.sheet.children),
    )  # fmt: skip
    documents.release_own(by=by, at=at, document=document)
    return FiledPlan.objects.create(
        municipality=plan.municipality, plan=plan, case=plan.case, plan_version=plan.version, document=document,
        filed_by=filed_by, created_at=at,
    )  # fmt: skip


def _older(plan: FamilyPlan, children: Sequence[Person]) -> Document | None:
    """Return the newest filed document about exactly these children, of which this one is the newer version."""
    wanted = {child.pk for child in children}
    youths = set(CaseDossier.objects.filter(case=plan.case_id).values_list("dossier__youth", flat=True))
    for row in FiledPlan.objects.filter(plan=plan).order_by("-plan_version").select_related("document"):
        about = set(row.document.concerns.values_list("pk", flat=True)) & youths
        if about == wanted and not Document.objects.filter(replaces=row.document).exists():
            return row.document
    return None
