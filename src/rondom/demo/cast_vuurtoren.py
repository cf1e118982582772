"""Floor Hendriks handles the messages of De Vuurtoren: of Julia an order that runs, and whatever is sent to it."""

from rondom.demo.cast import Cast
from rondom.demo.cast_desk import moment
from rondom.providers import actions


def add(cast: Cast) -> None:
    """Let her sign in; the back office called De Vuurtoren first."""
    at = moment(cast, -35, 11)
    actions.let_work(
        by=cast.principal("rob", at), at=at, provider=cast.provider["vuurtoren"], username="floor",
        name="Floor Hendriks", phone="0320 555 010",
    )  # fmt: skip
