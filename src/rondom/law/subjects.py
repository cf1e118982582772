"""All subjects of the law room together: importing this fills the list of rules."""

from rondom.law import (
    calendar,
    consent,
    counting,
    money,
    person,
    procedure,
    professionals,
    protection,
    residence,
    safety,
    terms,
    waiting,
)  # fmt: skip
from rondom.law.engine import RULES

SUBJECTS = (
    calendar,
    procedure,
    person,
    consent,
    residence,
    money,
    safety,
    protection,
    professionals,
    waiting,
    counting,
    terms,
)

__all__ = ["RULES", "SUBJECTS"]
