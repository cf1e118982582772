"""Both ends over two folders: our back office and a provider, and the chain that carries files between them."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

from rondom.demo.cast import DRONTEN
from rondom.exchange import actions, post
from rondom.exchange.models import Message
from rondom.messages.providing import serve
from rondom.messages.transport import IN, OUT, Folder
from rondom.messages.writing import written
from tests.messages import samples

US, AGB, BY_US, BY_THEM = "0303", "73730001", "JW301", "JW305"


def text(name: str, bsn: str, identification: str, *, dated: dt.date, receiver: str = "", **more: Any) -> bytes:
    """Return a good message about somebody, between us and De Vuurtoren."""
    content = samples.GOOD[name](identification=identification, dated=dated, **more)
    ours = name in ("JW301", "JW319", "JW325")
    header = content.Header.but(Afzender=US if ours else AGB, Ontvanger=receiver or (AGB if ours else US))
    content = content.but(Header=header)
    if name == "JW323":
        client = content.Declaratie.Clienten.Client[0].but(Bsn=bsn)
        clients = content.Declaratie.Clienten.but(Client=(client,))
        content = content.but(Declaratie=content.Declaratie.but(Clienten=clients))
    else:
        content = content.but(Client=content.Client.but(Bsn=bsn))
    return written(samples.message(name), content)


class Ends:
    """Our folder, that of the provider, and the moment."""

    def __init__(self, root: Path, at: dt.datetime) -> None:
        self.ours, self.theirs, self.at = Folder(root / DRONTEN), Folder(root / "provider"), at
        self.ours.prepare()
        self.theirs.prepare()

    def work(self) -> int:
        """Let our job run once."""
        return post.work(at=self.at)

    def put_out(self, content: bytes) -> Message:
        """Have a message sent."""
        by = post.machine("messages", DRONTEN)
        return actions.put_out(by=by, at=self.at, municipality=DRONTEN, kept=actions.keep([content]))

    def drop(self, content: bytes, name: str = "a.xml", *, at: Folder | None = None) -> Path:
        """Put a file in an inbox, long enough ago to be whole."""
        path = (at or self.ours).root / IN / name
        path.write_bytes(content)
        self._age(path)
        return path

    def _age(self, path: Path) -> None:
        os.utime(path, ((self.at - dt.timedelta(minutes=1)).timestamp(),) * 2)

    def carry(self) -> list[str]:
        """Bring what lies in each out to the other's in; return what went."""
        went = []
        for source, target in ((self.ours, self.theirs), (self.theirs, self.ours)):
            for path in sorted((source.root / OUT).glob("*.xml")):
                to = target.root / IN / path.name
                path.rename(to)
                self._age(to)
                went.append(path.name.split("-")[0])
        return went

    def provider(self) -> list[Any]:
        """Let the provider answer what lies there."""
        return list(serve(self.theirs, AGB, at=self.at))

    def lies(self, part: str, folder: Folder | None = None) -> list[str]:
        """Return the names of the files in a part of our folder."""
        return sorted(path.name for path in ((folder or self.ours).root / part).iterdir())
