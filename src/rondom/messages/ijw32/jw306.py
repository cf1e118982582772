"""JW306 Start Retour: the return message of JW305 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw305
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW306", "Start Retour", "439", jw305.MESSAGE)
