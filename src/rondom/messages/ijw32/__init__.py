"""Release 3.2 of iJw: the fourteen messages, their types and their rules.

Source: Zorginstituut Nederland, iStandaarden, iJw 3.2 (in force since 3 April 2023). `RELEASE` is filled by the
modules of the messages, which stand beside each other as they stand in the standard.
"""

from rondom.messages.ijw32.release import RELEASE

# isort: split
from rondom.messages.ijw32 import (
    jw301,
    jw302,
    jw305,
    jw306,
    jw307,
    jw308,
    jw315,
    jw316,
    jw317,
    jw318,
    jw319,
    jw320,
    jw323,
    jw325,
)

MESSAGES = (jw301, jw302, jw305, jw306, jw307, jw308, jw315, jw316, jw317, jw318, jw319, jw320, jw323, jw325)

__all__ = ["MESSAGES", "RELEASE"]
