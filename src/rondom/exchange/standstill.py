"""What keeps the post from going, and what to do: files that are not taken in, an unsafe folder, what a hub refuses,
certificates that end.

Read when somebody looks, from the folder itself: what cannot be taken in has no row to hang a word on.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core.words import date_words
from rondom.exchange import queries
from rondom.messages import stuf_lines
from rondom.messages.transport import Left, Unsafe

LONG = dt.timedelta(minutes=10)  # the job looks every ten seconds
MOST = 50

SET_UP = gettext_lazy(
    "The hub does not know our line, our system or this kind of message of us. Call the functional administrator: "
    "trying again helps only after that was put right."
)
RECEIVER = gettext_lazy(
    "The provider cannot be reached under this AGB code. Ask contract management for the right one, put this message "
    "aside, and send the order again from its own page."
)
NOT_VALID = gettext_lazy(
    "The hub finds that the file does not keep to the standard. Call the functional administrator: the same file is "
    "refused again."
)
LARGE = gettext_lazy("The file is too large for the hub. Call the functional administrator.")
ANSWERED = gettext_lazy(
    "The hub has an answer to this claim already. Look at what was sent before, and put this aside."
)
OTHERWISE = gettext_lazy(
    "Look up the code at the hub, or call the functional administrator. Try again once it was put right."
)
ADVICE = {
    **dict.fromkeys(
        ("IB002", "IB004", "IB005", "IB006", "IB007", "IB008", "IB009", "IB015", "IB017", "IB018", "IB021", "IB022",
         "IB023"), SET_UP,
    ),
    **dict.fromkeys(("IB010", "IB011"), RECEIVER), **dict.fromkeys(("IB001", "IB014"), NOT_VALID),
    **dict.fromkeys(("IB003", "IB012"), LARGE), **dict.fromkeys(("IB019", "IB020"), ANSWERED),
}  # fmt: skip
"""What to do, by the error code of the chain (state November 2025)."""


@dataclass(frozen=True)
class Standstill:
    """What does not go on by itself: the files that stay, and whether the folder may not be used."""

    files: tuple[Left, ...] = ()
    unsafe: bool = False

    def __bool__(self) -> bool:
        return self.unsafe or bool(self.files)


def of(municipality: str, *, at: dt.datetime) -> Standstill:
    """Return what stands still in the folder of a municipality at a moment; at most fifty files, the oldest first."""
    try:
        return Standstill(tuple(queries.folder_of(municipality).left(at - LONG)[:MOST]))
    except Unsafe:
        return Standstill(unsafe=True)


def certificates(municipality: str, *, at: dt.datetime) -> list[str]:
    """Return what to do about the certificates with which our messages go and come, from sixty days before they end."""
    found = []
    for name, until in stuf_lines.soon(settings.RONDOM_STUF_FILE, municipality, at):
        said = {"name": name, "day": date_words(until)}
        if until <= at:
            found.append(_("%(name)s ended on %(day)s: no message goes or comes.") % said)
        else:
            found.append(_("%(name)s ends on %(day)s. Getting a new one takes weeks.") % said)
    return found


def advice_on(refusal: str) -> str:
    """Return what to do about what a hub said ("IB010: ..."), "" when it said nothing."""
    return str(ADVICE.get(refusal.partition(":")[0], OTHERWISE)) if refusal else ""


def what_to_do(file: Left) -> str:
    """Return what to do about a file that stays."""
    if file.is_message:
        return _(
            "It could not be taken in, and is tried again every ten seconds. Does it stay? Call the functional "
            "administrator: the log says why. The sender heard nothing yet."
        )
    return _("This is not named as a whole message (.xml), so it is left alone. Ask who puts the files down.")
