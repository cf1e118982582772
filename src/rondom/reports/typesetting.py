"""PDFs of reports: the templates of this room, typeset by `core.typesetting`."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core import typesetting
from rondom.core.typesetting import Unavailable

__all__ = ["Unavailable", "pdf"]

TEMPLATES = Path(__file__).parent / "typst"


def pdf(template: str, words: Mapping[str, Any]) -> bytes:
    """Return a PDF of a template of this room with these words; raise Unavailable when it cannot be made."""
    if find_spec("typst") is None:
        raise Unavailable(
            _(
                "PDFs need the typesetter Typst, which is not installed here: pip install 'rondom[pdf]'. Use CSV or "
                "JSON."
            )
        )
    return typesetting.pdf(TEMPLATES / template, words)
