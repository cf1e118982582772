"""Documents of the cast: what a school, a court and a mother sent."""

import datetime as dt

from rondom.core.principals import machine
from rondom.demo.cast import Cast
from rondom.documents import actions, store
from rondom.documents.enums import DocumentKind, DocumentState, MediaType, Regime
from rondom.documents.models import Document
from rondom.documents.scanner import Verdict

# case, by, kind, title, author, about, days after the story began, opened without scan because
ADDED = (
    ("visser", "sanne", DocumentKind.REPORT, "Verslag van school, groep 4", "De Regenboog", ("lot",), 20,
     "De leerkracht gaf het mij op papier, ik heb het zelf gescand."),
    ("visser", "sanne", DocumentKind.STATEMENT, "Wat moeder wil dat we weten", "Mirjam Visser",
     ("mirjam", "lot", "daan"), 31, "Moeder mailde het tijdens ons gesprek."),
    ("visser", "sanne", DocumentKind.FINANCE, "Aanvraag ondersteuning", "Mirjam Visser", ("daan",), 40, ""),
    ("yilmaz", "sanne", DocumentKind.LETTER, "Brief van de verloskundige", "Verloskundigen Dronten", ("esra",), 50,
     "Esra liet de brief zien en ik heb hem gescand."),
)  # fmt: skip


def letter(*lines: str) -> bytes:
    """Return a small PDF of one page with these lines of plain letters."""
    text = b"".join(b"(%s) Tj 0 -20 Td " % line.encode("latin-1", "replace") for line in lines)
    stream = b"BT /F1 14 Tf 60 760 Td %sET" % text
    page = b"/Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page %s >>" % page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    file, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return file + end % (size, table, size, len(file))


def add(cast: Cast) -> None:
    """Add the documents, and open those somebody vouched for."""
    for case, name, kind, title, author, about, days, reason in ADDED:
        at = cast.began + dt.timedelta(days=days)
        by = cast.principal(name)
        blob, size, digest = store.keep([letter(title, author)])
        document = actions.receive(
            by=by, at=at, case=cast.case[case], kind=kind, title=title, author=author,
            concerns=[cast.person[p] for p in about],
            regime=Regime.MUNICIPAL if kind == DocumentKind.FINANCE else Regime.YOUTH_HELP,
            blob=blob, size=size, digest=digest, media_type=MediaType.PDF,
        )  # fmt: skip
        document = Document.objects.get(pk=document.pk)
        if document.state == DocumentState.RECEIVED:
            by_scanner = machine("scanner", document.municipality)
            actions.judge(by=by_scanner, at=at, document=document, verdict=Verdict.ABSENT)
        if reason and document.state == DocumentState.QUARANTINED:
            actions.release(by=by, at=at, document=document, reason=reason)
