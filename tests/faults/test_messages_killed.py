"""Killed at every step of sending, receiving, refusing and answering: each message once in our books, answered once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment
from tests.faults.conftest import assert_whole
from tests.faults.messenger import ANSWERING, RECEIVING, REFUSING, SENDING

pytestmark = [pytest.mark.slow, pytest.mark.fault]
ROOT = Path(__file__).resolve().parents[2]
SENT = [["JW301", "accepted"], ["JW302", "received"]]
BEGUN = next(iter(RECEIVING))
"""The first start message is taken; the later ones tell again that the same help began: judged, and rejected."""
EXPECTED = {
    **{f"sending: {point}": SENT for point in SENDING},
    **{
        f"receiving: {point}": [["JW305", "accepted" if point == BEGUN else "rejected"], ["JW306", "sent"]]
        for point in RECEIVING
    },
    **{f"throwing back: {point}": [["JW307", "dead"]] for point in REFUSING},
    **{f"answering: {point}": SENT for point in ANSWERING},
}


def test_each_message_is_once_in_our_books_and_answered_once(folder):
    environment = clean_environment(
        RONDOM_DATA=str(folder), DJANGO_SETTINGS_MODULE="rondom.settings", PYTHONPATH=str(ROOT)
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.faults.messenger"], env=environment, cwd=ROOT,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert (told.pop("damaged"), told.pop("rows")) == ([], len(EXPECTED))
    assert {point: died for point, (died, _books, _left) in told.items() if not died} == {}
    assert {point: books for point, (_died, books, _left) in told.items()} == EXPECTED
    assert {point: left for point, (_died, _books, left) in told.items() if left} == {}
    assert_whole(folder)
