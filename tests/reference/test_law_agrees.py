"""A number that stands in `law` and among the values Rondom comes with is the same number."""

import datetime as dt
import tomllib
from pathlib import Path

from rondom import reference
from rondom.law.engine import national

DATA = Path(reference.__file__).parent / "data/parameters.toml"


def test_national_values_that_stand_twice_are_equal():
    compared = 0
    for name, rows in tomllib.loads(DATA.read_text("utf-8")).items():
        for row in rows:
            if row.get("scope", "national") != "national" or name not in national().names():
                continue
            compared += 1
            day = max(row["starts"], dt.date(2026, 1, 1))
            assert national().on(name, day).value == row["value"], name
    assert compared
