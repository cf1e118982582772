"""What can be refused, said so that a person knows what to do. Every message is a Dutch sentence on screen.

Two kinds of no (architecture): void by law is refused; unwise is allowed with a reason. A third family is not a no but
a fact of life: somebody was earlier, a disk is full, a value cannot be read.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _


class RondomError(Exception):
    """A sentence for the person who acts. `field` names the form field it belongs to, if any."""

    status = 400

    def __init__(self, sentence: Any, *, field: str = "", source: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.source = source

    def __str__(self) -> str:
        return str(self.sentence)


class VoidByLaw(RondomError):
    """No mandate, no ground, no certified body: cannot be done, whoever asks. `source` names the article."""

    status = 409


class Unwise(RondomError):
    """Allowed, but only with a reason (and where it matters a second person); ask again with `reason=`."""

    status = 409


class BadInput(RondomError):
    """A value that cannot be true or cannot be read; the sentence says what was expected."""

    status = 422


class Stale(RondomError):
    """Somebody saved this record since it was opened. `current` is the row as it is now."""

    status = 409

    def __init__(self, sentence: Any, *, current: Any) -> None:
        super().__init__(sentence)
        self.current = current


class NotFound(RondomError):
    """Does not exist for this person: never existed, or is not theirs to know about. One answer for both."""

    status = 404


class NotAllowed(RondomError):
    """The act is known to this person, but is not theirs to do (a role is missing). The sentence says who can."""

    status = 403


class NoRoom(RondomError):
    """The disk of the server is full (or cannot be written): nothing was saved, what was typed is shown again."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            _(
                "The disk of the server is full, so this could not be saved. Your text stands below. Keep this page "
                "open, or copy the text, and call the functional administrator."
            )
        )
