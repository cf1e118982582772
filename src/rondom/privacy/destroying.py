"""What becomes of this room's own rows, and of those of the rooms below, when a dossier is destroyed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from rondom.accounts.models import Resident
from rondom.privacy.destruction import ROOT, Doomed, follows, goes, keys_where, stays
from rondom.privacy.models import Consent, EmergencyAccess, OwnRelative, Remainder, StatedGround

PERSON, CASE = "people.Person", "dossiers.Case"


def _consents(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Consent, "person__in", doomed.of(PERSON))
    yield from keys_where(Consent, "given_by__in", doomed.of(PERSON))


def _forget_reasons(doomed: Doomed) -> None:
    """Who used emergency access and how it was judged stays; what was typed about the family does not."""
    rows = EmergencyAccess.objects.filter(dossier__in=doomed.of(ROOT))
    rows.update(reason="", remark="", version=F("version") + 1)


def _forget_words(doomed: Doomed) -> None:
    StatedGround.objects.filter(case__in=doomed.of(CASE)).update(words="", version=F("version") + 1)


def _forget_relatives(doomed: Doomed) -> None:
    """A declaration of a staff member stays theirs; it no longer points to anybody here."""
    OwnRelative.objects.filter(person__in=doomed.of(PERSON)).update(person=None, version=F("version") + 1)


def _remainders(doomed: Doomed) -> Iterable[UUID]:
    return keys_where(Remainder, "pk__in", doomed.ids)


def _residents(doomed: Doomed) -> Iterable[UUID]:
    return keys_where(Resident, "person__in", doomed.of(PERSON))


def _accounts(doomed: Doomed) -> Iterable[Any]:
    return Resident.objects.filter(pk__in=doomed.of("accounts.Resident")).values_list("account", flat=True)


goes("privacy.Consent", rows=_consents)
goes("privacy.EmergencyAccess", loosen=_forget_reasons)
goes("privacy.StatedGround", loosen=_forget_words)
goes("privacy.OwnRelative", loosen=_forget_relatives)
goes("privacy.Remainder", rows=_remainders)
goes("accounts.Resident", rows=_residents)
goes("accounts.Account", rows=_accounts, cascade=True)
follows("accounts.PasswordLink", "account")
stays("privacy.Relation", "who had sight, by id only, as long as the log; sight of what is gone ends at once")
stays("privacy.Destruction", "the proof that it was destroyed: ids, moments and who approved; the weighing is emptied")
for _audit in ("Event", "EventSubject", "Look", "LookSubject"):
    stays(f"core.{_audit}", "the audit holds ids, kinds and field names, never values (SEC-04)")
stays("core.OnceKey", "the key of a form that was handled, gone after a day")
stays("accounts.StaffMember", "staff, not residents")
stays("accounts.Referrer", "somebody of a practice or school; sight of what was shared ends with the worry")
stays("accounts.ProviderWorker", "somebody of a provider; what it sees goes with the messages of the dossier")
stays("accounts.Asker", "no name, no number; goes at night once no question of it is kept (entry.expire)")
stays("reference.Parameter", "who entered a number: staff")
stays("reference.ParameterChange", "who proposed a number: staff")
stays("aids.Publication", "who published a table: staff")
