"""A program that destroys a dossier in an installation and can be killed at a point: `destroyer STEP [POINT]`."""

import json
import os
import signal
import sys
from typing import Any

import django

POINTS = ("before the ledger", "before the commit", "after the commit")


def _cast() -> tuple[Any, Any, Any]:
    from django.db.models import Q

    from rondom.accounts.models import StaffMember
    from rondom.accounts.queries import principal_of_staff
    from rondom.core import clock
    from rondom.dossiers.models import Dossier
    from rondom.privacy.models import Destruction

    def who(name: str) -> Any:
        return principal_of_staff(StaffMember.objects.get(first_name=name), at=clock.now())

    fatima, asked = who("Fatima"), Destruction.objects.values_list("dossier", flat=True)
    roos = Q(pk__in=asked.filter(reason="mistake")) | Q(youth__called="Roos")  # her name is a canary once it is planted
    return Dossier.objects.filter(roos).first(), fatima, who("Ineke")


def plant() -> None:
    """Put a canary in every text about the family of Roos, a document with it, and ask to destroy the dossier."""
    from rondom.core import clock
    from rondom.documents import actions, store
    from rondom.documents.enums import DocumentKind, MediaType, Regime
    from rondom.dossiers import drafts
    from rondom.dossiers.actions import open_in_emergency
    from rondom.dossiers.actions.destruction import ask_destruction
    from rondom.dossiers.models import Case
    from tests.trust.walking import Canaries, rows_of

    dossier, fatima, ineke = _cast()
    at, case = clock.now(), Case.objects.get(dossier_links__dossier=dossier)
    blob, size, digest = store.keep([b"%PDF-1.7 kxblobsq"])
    actions.receive(
        by=fatima, at=at, case=case, kind=DocumentKind.REPORT, title="Verslag", concerns=[dossier.youth],
        regime=Regime.YOUTH_HELP, blob=blob, size=size, digest=digest, media_type=MediaType.PDF,
    )  # fmt: skip
    open_in_emergency(by=ineke, at=at, dossier=dossier, reason="kxreasoq er is iets aan de hand met dit kind")
    binding = drafts.bind(fatima, form="desk.note", subject=case.pk, anchor=case)
    drafts.save(binding, {"text": ["kxdraftq"]}, at=at)
    words = Canaries()
    words.fill("kuiper", rows_of(case))
    for _number in range(60):  # enough to split pages of the file, so that old copies lie about
        _note(fatima, at, case, dossier)
    type(dossier).objects.filter(pk=dossier.pk).update(legal_hold="")
    dossier.refresh_from_db()
    row = ask_destruction(
        by=fatima, at=at, dossier=dossier, reason="mistake", balancing="kxweighq niemand", despite="kxweighq"
    )
    sys.stdout.write(json.dumps({
        "words": [*words.places, "kxnotesq", "kxreasoq", "kxweighq", "kxblobsq"], "destruction": str(row.pk),
    }))  # fmt: skip


def _note(by: Any, at: Any, case: Any, dossier: Any) -> None:
    from rondom.accounts.models import StaffMember
    from rondom.dossiers.actions import write_note
    from rondom.dossiers.enums import Channel

    write_note(
        by=by, at=at, case=case, author=StaffMember.objects.get(pk=by.key), text="kxnotesq " * 40,
        concerns=[dossier.youth], channel=Channel.PHONE, happened_at=at,
    )  # fmt: skip


def destroy(point: str = "") -> None:
    """Approve the request; be killed at a point."""
    from rondom.core import clock
    from rondom.dossiers.actions.destruction import approve_destruction
    from rondom.privacy import ledger
    from rondom.privacy.actions import destruction
    from rondom.privacy.models import Destruction

    def die(*_words: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    written = ledger.append
    if point == POINTS[0]:
        ledger.append = die
    elif point == POINTS[1]:
        ledger.append = lambda line: (written(line), die())
    elif point == POINTS[2]:
        destruction._clean = die
    _dossier, _fatima, ineke = _cast()
    row = Destruction.objects.get(asked_by=_fatima.key, done_at=None)
    approve_destruction(by=ineke, at=clock.now(), row=row)


def settle() -> None:
    """What the worker does after a restart, and at night."""
    from rondom.core import clock
    from rondom.privacy import settling

    settling.settle(at=clock.now())
    settling.scrub_lately(at=clock.now())


def tell() -> None:
    """Print what is there of the dossier."""
    from rondom.dossiers.models import Note
    from rondom.privacy import ledger
    from rondom.privacy.models import Destruction

    dossier, _fatima, _ineke = _cast()
    sys.stdout.write(json.dumps({
        "dossier": dossier is not None, "ledger": len(ledger.read()),
        "notes": Note.objects.filter(text__contains="kx").count(),
        "done": Destruction.objects.filter(done_at__isnull=False).count(),
    }))  # fmt: skip


if __name__ == "__main__":
    django.setup()
    {"plant": plant, "destroy": destroy, "settle": settle, "tell": tell}[sys.argv[1]](*sys.argv[2:])
