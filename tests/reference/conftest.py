"""What the tests of this room use."""

import datetime as dt

import pytest

from rondom.core.principals import machine
from rondom.reference import actions, files, queries

COMMAND = machine("command:test")


@pytest.fixture
def everything(db: None, at: dt.datetime) -> None:
    """Everything that comes with Rondom, loaded."""
    list(actions.load_shipped(by=COMMAND, at=at))


@pytest.fixture
def shipped(db: None, at: dt.datetime) -> None:
    """The areas and parameters that come with Rondom, loaded."""
    if queries.lists().exists():  # the cast brought them
        return
    needed = ("municipalit", "youth-regions", "provinces", "district", "parameters")
    for path in files.shipped():
        if path.name.startswith(needed):
            actions.load(by=COMMAND, at=at, file=files.read(path), history=True)
