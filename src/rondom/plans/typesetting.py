"""The signed plan as a file: a tagged PDF when the typesetter is installed, else plain text that every reader opens."""

from pathlib import Path

from rondom.core import typesetting
from rondom.documents.enums import MediaType
from rondom.plans.filing import Sheet, as_text, parts_of

TEMPLATE = Path(__file__).parent / "typst" / "signed_plan.typ"


def written(sheet: Sheet) -> tuple[bytes, MediaType]:
    """Return the content of a sheet and what kind of file it is. A PDF that cannot be made becomes text."""
    if typesetting.available():
        parts = [{"heading": str(heading), "rows": rows} for heading, rows in parts_of(sheet)]
        try:
            return typesetting.pdf(TEMPLATE, {"title": sheet.title, "parts": parts}), MediaType.PDF
        except typesetting.Unavailable:
            pass
    return as_text(sheet), MediaType.TXT
