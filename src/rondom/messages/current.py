"""The release in which messages are written now: its declarations and types, for the one place that maps to them.

`exchange` makes messages from our own objects with these; that it is release 3.2 stands here alone.
"""

from rondom.messages.ijw32 import jw301, jw305, jw307, jw315, jw317, jw319, types
from rondom.messages.ijw32.release import XSD_VERSION
from rondom.messages.ijw32.types import CDT_BerichtIdentificatie, CDT_XsdVersie

__all__ = [
    "XSD_VERSION", "CDT_BerichtIdentificatie", "CDT_XsdVersie", "jw301", "jw305", "jw307", "jw315", "jw317",
    "jw319", "types",
]  # fmt: skip
