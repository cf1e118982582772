"""PDFs by Typst, in a process of their own: limited in time and memory, in a fresh folder, without a network.

A template is one of ours; what people wrote reaches it as data (`words.json`) and is never Typst code. The result is
tagged for screen readers (PDF/UA-1), holds no moment, and is the same bytes for the same words.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import RondomError

SECONDS, BYTES = 20, 2_000_000_000
PROGRAM = """
import sys, typst
typst.compile("main.typ", output="out.pdf", root=".", ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)
"""


class Unavailable(RondomError):
    """No PDF can be made here: the typesetter is not installed, or it gave up."""

    status = 503


def available() -> bool:
    """Tell whether the typesetter is here: it is an extra (`rondom[pdf]`)."""
    return find_spec("typst") is not None


def pdf(template: Path, words: Mapping[str, Any]) -> bytes:
    """Return a PDF of a template of ours with these words; raise Unavailable when it cannot be made."""
    if not available():
        raise Unavailable(_("PDFs need the typesetter Typst, which is not installed here: pip install 'rondom[pdf]'."))
    with tempfile.TemporaryDirectory(prefix="rondom-pdf-") as folder:
        home = Path(folder)
        shutil.copy(template, home / "main.typ")
        (home / "words.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no words of others in it
                [sys.executable, "-I", "-c", PROGRAM],
                cwd=home, env={"PATH": os.defpath, "HOME": folder}, stdin=subprocess.DEVNULL, capture_output=True,
                timeout=SECONDS, check=False, preexec_fn=_limit,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Unavailable(_("Making the PDF took too long.")) from error
        made = home / "out.pdf"
        if done.returncode or not made.exists():
            reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["?"]
            sentence = _("The PDF could not be made (%(reason)s).")
            raise Unavailable(sentence % {"reason": reason[0][:200]})
        return made.read_bytes()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
