"""Good messages, mutilated at random: never a crash, never a hang, never much memory."""

import random
import resource
import time

import pytest

from rondom.messages.checking import check
from rondom.messages.writing import written
from tests.messages.samples import GOOD, message

pytestmark = [pytest.mark.fault, pytest.mark.slow]
MUTATIONS, SEED = 4000, 20240503
SLOWEST = 2.0  # seconds for one small file, on a busy machine
MOST_MEMORY = 128 * 1024  # kB more than before
PIECES = (
    b"<", b">", b"&", b"&#0;", b"&amp;", b"\x00", b"\xff\xfe", b"<![CDATA[", b"]]>", b"<!--", b"<?x?>", b"</", b'="',
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"\xc3\x28", b"9" * 300, b"-", b" " * 50, b"<jw301:Client>", b"xmlns=''",
)  # fmt: skip


def mutilated(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 5, 60, 600))
        cut = data[at : at + length]
        what = chance.choice(("insert", "delete", "double", "flip", "move"))
        if what == "insert":
            data = data[:at] + chance.choice(PIECES) + data[at:]
        elif what == "delete":
            data = data[:at] + data[at + length :]
        elif what == "double":
            data = data[:at] + cut * chance.randint(2, 40) + data[at:]
        elif what == "flip" and cut:
            data = data[:at] + bytes(b ^ (1 << chance.randrange(8)) for b in cut) + data[at + length :]
        else:
            to = chance.randrange(len(data) + 1)
            data = data[:to] + cut + data[to:]
    return data


def test_mutilated_messages_are_refused_or_read_in_bounded_time_and_memory():
    chance = random.Random(SEED)
    samples = [written(message(name), make()) for name, make in GOOD.items()]
    for data in samples:
        assert check(data).ok
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused = 0
    for _ in range(MUTATIONS):
        data = mutilated(chance, chance.choice(samples))
        began = time.monotonic()
        refused += not check(data).ok
        assert time.monotonic() - began < SLOWEST
    assert refused > MUTATIONS // 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY
