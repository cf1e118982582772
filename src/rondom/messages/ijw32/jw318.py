"""JW318 Verzoek om wijziging Retour: the return message of JW317 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw317
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW318", "Verzoek om wijziging Retour", "487", jw317.MESSAGE)
