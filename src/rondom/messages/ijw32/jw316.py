"""JW316 Verzoek om toewijzing Retour: the return message of JW315 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw315
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW316", "Verzoek om toewijzing Retour", "447", jw315.MESSAGE)
