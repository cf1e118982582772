"""A program that sends to the hub and receives from it, and is killed at every point in turn (as `messenger` does).

The hub runs in a thread of this process; each point has its own message and a fork that dies by SIGKILL. Afterwards
the work is done again, and the hub sends again what it heard no answer about. Told as JSON per point.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

from tests.faults.messenger import killed

HUB, ACTIONS = "rondom.messages.stuf_hub", "rondom.exchange.actions"
SENDING = {
    "before the envelope": (f"{HUB}:reference_of", "before"),
    "reference not noted": (f"{HUB}:_put", "before"),
    "reference noted, not sent": (f"{HUB}:_post", "before"),
    "sent, answer not read": (f"{HUB}:_post", "after"),
    "sent, not noted": (f"{ACTIONS}:note_sent", "before"),
    "noted, not committed": (f"{ACTIONS}:record", "after"),
    "committed": (f"{ACTIONS}:note_sent", "after"),
}
TAKING = {
    "nothing put down": (f"{HUB}:Hub.prepare", "before"),
    "reference not put down": (f"{HUB}:_put", "before"),
    "reference put down, message not": (f"{HUB}:_put", "after"),
    "message not named": ("os:fsync", "before"),
    "put down, not answered": (f"{HUB}:Taking._put_down", "after"),
}


def run() -> None:
    """Kill at every point and tell what is there afterwards."""
    import datetime as dt
    from uuid import uuid4

    from django.conf import settings

    from rondom.core import clock
    from rondom.exchange.enums import State
    from rondom.exchange.models import Message
    from rondom.messages import stuf, stuf_lines
    from rondom.messages.stuf import Choice, Envelope
    from rondom.messages.stuf_hub import Taking, reference_of
    from rondom.people.models import Person
    from tests.exchange.ends import AGB, US, Ends, text
    from tests.exchange.hub import Authority, TestHub, lines_file

    root = Path(settings.RONDOM_EXCHANGE)
    certificates = root.parent / "certificates"
    certificates.mkdir()
    hub = TestHub(Authority(certificates))
    settings.RONDOM_STUF_FILE = str(lines_file(certificates, hub))
    ends = Ends(root, clock.now())
    bsn = Person.objects.get(called="Julia", dossiers__isnull=False).bsn
    day = clock.today() - dt.timedelta(days=1)
    taking = Taking(stuf_lines.read(settings.RONDOM_STUF_FILE), root, clock.now)
    told: dict[str, Any] = {}

    def start_again() -> None:
        for path in (ends.ours.root / "in").glob("*.xml"):
            ends._age(path)
        for _time in range(2):
            ends.work()

    def books(identification: str) -> list[list[str]]:
        first = Message.objects.filter(identification=identification)
        rows = first | Message.objects.filter(answers__in=first)
        judged = ("accepted", "rejected")  # which of the two is for the rules: a second start is refused
        return sorted([row.name, "judged" if row.state in judged else row.state] for row in rows.distinct())

    for number, (said, point) in enumerate(SENDING.items()):
        row = ends.put_out(text("JW301", bsn, f"H{number}", dated=day))
        died = killed(point, ends.work)
        start_again()
        reference = reference_of(f"JW301-{row.pk.hex}")
        told[f"sending: {said}"] = [died, books(f"H{number}"), [e.reference for e in hub.got].count(reference)]
        Message.objects.filter(pk=row.pk).update(state=State.ACCEPTED)  # a next JW301 about her waits for the answer
    for number, (said, point) in enumerate(TAKING.items()):
        reference = uuid4()
        envelope = Envelope("JW305", AGB, US, reference, text("JW305", bsn, f"T{number}", dated=day))
        body = stuf.written(envelope, Choice(), at=clock.now())
        died = killed(point, lambda body=body: taking.take(body, hub.fingerprint))  # type: ignore[misc]
        if (ends.ours.root / "in" / f"{reference}.xml").exists():
            start_again()  # the worker does not wait for the hub to send again
        status, _answer = taking.take(body, hub.fingerprint)
        start_again()
        answered = [e.answers for e in hub.got].count(reference)
        told[f"taking: {said}"] = [died and status == 200, books(f"T{number}"), answered]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    run()
