"""JW302 Toewijzing Retour: the return message of JW301 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw301
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW302", "Toewijzing Retour", "437", jw301.MESSAGE)
