"""JW308 Stop Retour: the return message of JW307 (reference 4.2 and 6.9)."""

from rondom.messages.ijw32 import jw307
from rondom.messages.ijw32.release import returning

MESSAGE = returning("JW308", "Stop Retour", "441", jw307.MESSAGE)
