"""A register to work with: the lists it needs, and files of invented lines."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from rondom import demo
from rondom.core.principals import machine
from rondom.crisis import importing
from rondom.reference import actions, files

SAMPLE = Path(demo.__file__).parent / "data" / "crisis-2016Q3.csv"
BY = machine("command:test")
HEAD = "report_id,youth_ref,reported_on,municipality,age,form,no_help_reason,started_on,ended_on,follow_up"
NEEDED = ("municipalities.csv", "youth-regions.csv", "parameters.toml", "crisis-")


def load_lists(at: dt.datetime) -> None:
    for path in files.shipped():
        if path.name.startswith(NEEDED):
            actions.load(by=BY, at=at, file=files.read(path), history=True)


@pytest.fixture
def lists(db: None, at: dt.datetime) -> None:
    """The code lists and parameters of the register, as they come with Rondom."""
    load_lists(at)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of lines; text is written as UTF-8, bytes as they are."""

    def write(*lines: str, head: str = HEAD, raw: bytes | None = None, name: str = "lines.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(raw if raw is not None else ("\n".join([head, *lines]) + "\n").encode())
        return path

    return write


@pytest.fixture
def load(lists: None, at: dt.datetime, written: Callable[..., Path]) -> Callable[..., importing.Report]:
    """Import lines, as text."""

    def run(*lines: str, correct: str = "", **file: object) -> importing.Report:
        return importing.load(by=BY, at=at, path=written(*lines, **file), correct=correct)

    return run


@pytest.fixture
def quarter_loaded(lists: None, at: dt.datetime) -> importing.Report:
    """The 92 invented lines of the third quarter of 2016."""
    return importing.load(by=BY, at=at, path=SAMPLE)


def sample_lines() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
