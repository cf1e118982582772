"""A demonstration that says how to stop it can be stopped from that moment, in order and with code 0."""

import argparse
import os
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest

from rondom.demo import command


@pytest.fixture
def handlers():
    """The signal handlers as they were, back afterwards."""
    before = {number: signal.getsignal(number) for number in command.STOPS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", command.STOPS)
def test_an_interrupt_while_the_sentence_is_printed_ends_in_order(handlers, monkeypatch, tmp_path, number):
    stopped, said = [], []

    @contextmanager
    def running(port):
        try:
            yield []
        finally:
            stopped.append(port)

    def say(text):
        said.append(text)
        if "Ctrl-C stops it" in text:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(command, "_running", running)
    monkeypatch.setattr(command, "_prepare", lambda folder: [])
    monkeypatch.setattr(command, "say", say)
    monkeypatch.setenv("RONDOM_DATA", str(tmp_path))
    options = argparse.Namespace(port=None, fresh=False, make=False)
    assert command._demonstrate(Path(tmp_path) / "data", options, check=False) == 0
    assert said[-1].strip() == "Stopping."
    assert len(stopped) == 1
