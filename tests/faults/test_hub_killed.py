"""Killed at every step of sending to the hub and of taking from it: once in our books, once at the hub."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment
from tests.faults.hub_messenger import SENDING, TAKING

pytestmark = [pytest.mark.slow, pytest.mark.fault]
ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    **{f"sending: {point}": [True, [["JW301", "sent"]], 1] for point in SENDING},
    **{f"taking: {point}": [True, [["JW305", "judged"], ["JW306", "sent"]], 1] for point in TAKING},
}


def test_each_message_is_once_in_our_books_and_once_at_the_hub(folder):
    environment = clean_environment(
        RONDOM_DATA=str(folder), DJANGO_SETTINGS_MODULE="rondom.settings", PYTHONPATH=str(ROOT)
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.faults.hub_messenger"], env=environment,
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == EXPECTED
