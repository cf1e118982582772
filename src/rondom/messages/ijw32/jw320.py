"""JW320 Antwoord Retour: the return message of JW319 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw319
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW320", "Antwoord Retour", "489", jw319.MESSAGE)
