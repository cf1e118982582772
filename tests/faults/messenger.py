"""A program that sends, receives and answers messages, and is killed at every point in turn: `messenger`.

Each point has its own message and its own process (a fork), which dies by SIGKILL. After it the work is done again as
after a restart, the chain carries what lies in the folders, and what is in the books is told as JSON per point.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django

TRANSPORT, ACTIONS = "rondom.messages.transport", "rondom.exchange.actions"
# what is killed -> before or after which function: in the order in which they are reached
SENDING = {
    "before the file is begun": (f"{TRANSPORT}:_put", "before"),
    "written, not synced": ("os:fsync", "before"),
    "synced, not renamed": ("pathlib:Path.rename", "before"),
    "renamed, folder not synced": ("pathlib:Path.rename", "after"),
    "sent, not noted": (f"{ACTIONS}:note_sent", "before"),
    "noted, not committed": (f"{ACTIONS}:record", "after"),
    "committed": (f"{ACTIONS}:note_sent", "after"),
}
RECEIVING = {
    "seen, not kept": (f"{ACTIONS}:keep", "before"),
    "kept, not judged": (f"{ACTIONS}:judged", "before"),
    "judged, answer not kept": (f"{ACTIONS}:judged", "after"),
    "answer kept, not in the books": (f"{ACTIONS}:receive", "before"),
    "in the books, answer not": (f"{ACTIONS}:_reply", "before"),
    "both in the books, not committed": (f"{ACTIONS}:_reply", "after"),
    "committed, file not moved": (f"{TRANSPORT}:Folder.acknowledge", "before"),
    "file moved": (f"{TRANSPORT}:Folder.acknowledge", "after"),
}
REFUSING = {
    "committed, reason not written": (f"{TRANSPORT}:_put", "before"),
    "reason written, file not moved": (f"{TRANSPORT}:_put", "after"),
}
ANSWERING = {
    "before the answer": (f"{TRANSPORT}:Folder.send", "before"),
    "answered, file not moved": (f"{TRANSPORT}:Folder.send", "after"),
    "answered and moved": (f"{TRANSPORT}:Folder.acknowledge", "after"),
}


def _die_at(where: str, when: str) -> None:
    module, _, way = where.partition(":")
    owner: Any = import_module(module)
    *steps, name = way.split(".")
    for step in steps:
        owner = getattr(owner, step)
    function = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> None:
        if when == "after":
            function(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dying)


def killed(point: tuple[str, str], act: Callable[[], Any]) -> bool:
    """Do something in a process that dies at a point; tell whether it died there."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        _die_at(*point)
        act()
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def run() -> None:
    """Kill at every point and tell what is there afterwards."""
    import datetime as dt
    from pathlib import Path

    from django.conf import settings

    from rondom.core import clock
    from rondom.documents import store
    from rondom.exchange import checks
    from rondom.exchange.models import Message
    from rondom.people.models import Person
    from tests.exchange.ends import Ends, text

    ends = Ends(Path(settings.RONDOM_EXCHANGE), clock.now())
    bsn = Person.objects.get(called="Julia", dossiers__isnull=False).bsn
    day = clock.today() - dt.timedelta(days=1)
    told: dict[str, Any] = {}

    def start_again() -> None:
        for _time in range(2):
            ends.work()
            ends.carry()
            ends.provider()
            ends.carry()
        ends.work()

    def books(identification: str) -> list[list[str]]:
        first = Message.objects.filter(identification=identification)
        rows = first | Message.objects.filter(answers__in=first)
        return sorted([row.name, row.state] for row in rows.distinct())

    def each(kind: str, points: dict[str, tuple[str, str]], prepare: Any, act: Any) -> None:
        for number, (said, point) in enumerate(points.items()):
            identification = f"{kind[:1].upper()}{number}"
            prepare(identification)
            died = killed(point, act)
            ends.carry()  # the chain does not wait for us
            start_again()
            left = [
                name
                for folder in (ends.ours, ends.theirs)
                for part in ("in", "out")
                for name in ends.lies(part, folder)
            ]
            told[f"{kind}: {said}"] = [died, books(identification), [one for one in left if one.endswith(".xml")]]

    def spoilt(identification: str) -> bytes:
        return text("JW307", bsn, identification, dated=day, receiver="0171")

    each("sending", SENDING, lambda name: ends.put_out(text("JW301", bsn, name, dated=day)), ends.work)
    each("receiving", RECEIVING, lambda name: ends.drop(text("JW305", bsn, name, dated=day)), ends.work)
    each("throwing back", REFUSING, lambda name: ends.drop(spoilt(name)), ends.work)

    def both_know(identification: str) -> None:
        content = text("JW301", bsn, identification, dated=day)
        ends.drop(content, at=ends.theirs)
        _book(ends, content)

    each("answering", ANSWERING, both_know, ends.provider)
    store.sweep(store.owned(), older_than=-1)
    told["damaged"] = list(checks.messages())
    told["rows"] = Message.objects.filter(identification__regex="^[SRTA][0-9]$").count()
    sys.stdout.write(json.dumps(told))


def _book(ends: Any, content: bytes) -> None:
    """Have the same message in our books, as sent: here the provider is what is killed."""
    from rondom.core.principals import machine
    from rondom.exchange import actions

    row = ends.put_out(content)
    actions.note_sent(by=machine("messages", row.municipality), at=ends.at, message=row)


if __name__ == "__main__":
    django.setup()
    run()
