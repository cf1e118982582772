"""What the drill does inside an installation: make one, work in it, tell what is there."""

import itertools
import json
import os
import sys
import threading
import time
from pathlib import Path

THREADS = 3


def make() -> None:
    """Make a demonstration with the cast, and a document for one family."""
    from rondom.core import clock, making

    making.make(Path(os.environ["RONDOM_DATA"]), "demo", None, at=clock.now(), say=lambda line: None)
    from rondom.demo.cast import build

    cast = build()
    from rondom.documents import actions, store
    from rondom.documents.enums import DocumentKind, MediaType, Regime

    for name in ("lot", "daan"):
        blob, size, digest = store.keep([b"%PDF-1.7 oefening " + name.encode() * 100_000])
        actions.receive(
            by=cast.principal("sanne"), at=clock.now(), case=cast.case["visser"], kind=DocumentKind.REPORT,
            title="Verslag", concerns=[cast.person[name]], regime=Regime.YOUTH_HELP, blob=blob, size=size,
            digest=digest, media_type=MediaType.PDF,
        )  # fmt: skip


def work(log: Path) -> None:
    """Write notes through actions in several threads until told to stop; note each one after it was committed."""
    _start()
    from django.db import connections

    from rondom.accounts.models import StaffMember
    from rondom.accounts.queries import principal_of_staff
    from rondom.core import clock, sealing
    from rondom.dossiers.actions import write_note
    from rondom.dossiers.enums import Channel
    from rondom.dossiers.queries import cases_for, people_in

    sanne = StaffMember.objects.get(first_name="Sanne")
    by = principal_of_staff(sanne, at=clock.now())
    case = cases_for(by, at=clock.now()).order_by("pk").first()
    if case is None:
        raise SystemExit("nobody to work for")
    people = people_in(case, by, at=clock.now())[:2]
    lock = threading.Lock()

    def write() -> None:
        try:
            for number in itertools.count():
                began, at = time.monotonic(), clock.now()
                note = write_note(
                    by=by, at=at, case=case, author=sanne, text=f"Notitie {number} van de oefening",
                    concerns=people, channel=Channel.PHONE, happened_at=at,
                )  # fmt: skip
                took = time.monotonic() - began
                with lock, log.open("a", encoding="ascii") as file:
                    file.write(f"{note.pk} {took:.4f}\n")
                time.sleep(0.05)
        finally:
            connections.close_all()

    def seal() -> None:
        while True:
            sealing.seal_all(at=clock.now())
            time.sleep(0.5)

    threading.Thread(target=seal, daemon=True).start()
    for _ in range(THREADS):
        threading.Thread(target=write, daemon=True).start()
    threading.Event().wait()


def destroy() -> None:
    """Destroy a dossier by two people, as after the backup; print what was destroyed."""
    _start()
    from rondom.accounts.models import StaffMember
    from rondom.accounts.queries import principal_of_staff
    from rondom.core import clock
    from rondom.documents.models import Document
    from rondom.dossiers.actions.destruction import approve_destruction, ask_destruction
    from rondom.dossiers.models import Dossier

    at = clock.now()
    els, ineke = (principal_of_staff(StaffMember.objects.get(first_name=name), at=at) for name in ("Els", "Ineke"))
    dossier = Dossier.objects.get(youth__called="Lot")
    alone = Document.objects.filter(dossiers=dossier).exclude(dossiers__in=Dossier.objects.exclude(pk=dossier.pk))
    documents = [str(pk) for pk in alone.values_list("pk", flat=True)]
    row = ask_destruction(by=els, at=at, dossier=dossier, reason="mistake", balancing="oefening", despite="oefening")
    approve_destruction(by=ineke, at=at, row=row)
    print(json.dumps({"dossier": str(dossier.pk), "youth": str(dossier.youth_id), "documents": documents}))


def tell() -> None:
    """Print which notes, documents, dossiers and persons are there."""
    _start()
    from rondom.documents.models import Document
    from rondom.dossiers.models import Dossier, Note
    from rondom.people.models import Person

    ours = Note.objects.filter(text__endswith="van de oefening")
    others = Note.objects.exclude(pk__in=ours.values("pk"))
    rows = {"notes": Note.objects.all(), "cast_notes": others, "documents": Document.objects.all(),
            "dossiers": Dossier.objects.all(), "persons": Person.objects.all()}  # fmt: skip
    print(json.dumps({name: [str(pk) for pk in found.values_list("pk", flat=True)] for name, found in rows.items()}))


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    import django

    django.setup()


def main() -> int:
    """Run one step."""
    step, *words = sys.argv[1:]
    if step == "make":
        make()
    elif step == "work":
        work(Path(words[0]))
    elif step == "destroy":
        destroy()
    else:
        tell()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
