"""A backup opens with its own key, whole or not at all."""

import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rondom.core import boxes
from rondom.core.boxes import CHUNK, Broken
from rondom.installation import DoesNotStart


@pytest.fixture
def pair(tmp_path):
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    boxes.new_pair(private, public)
    return private, public


def put(path, public, *pieces):
    with boxes.sealed(path, boxes.read_public(public)) as box:
        for piece in pieces:
            box.write(piece)


def get(path, private):
    return boxes.Reader(io.BytesIO(path.read_bytes()), boxes.read_private(private)).read()


@given(pieces=st.lists(st.binary(max_size=500), max_size=8), sizes=st.lists(st.integers(1, 700), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_what_goes_in_comes_out_in_whatever_pieces(pair, tmp_path, pieces, sizes):
    path = tmp_path / "box"
    path.unlink(missing_ok=True)
    put(path, pair[1], *pieces)
    reader = boxes.Reader(io.BytesIO(path.read_bytes()), boxes.read_private(pair[0]))
    found = b"".join(reader.read(size) for size in sizes) + reader.read()
    assert found == b"".join(pieces)


@pytest.mark.parametrize("size", [0, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_sizes_around_the_edge_of_a_chunk(pair, tmp_path, size):
    content = os.urandom(size)
    put(tmp_path / "box", pair[1], content)
    assert get(tmp_path / "box", pair[0]) == content


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b[:-1],
        lambda b: b[: -(100 + boxes.TAG)],
        lambda b: b[:200] + bytes([b[200] ^ 1]) + b[201:],
        lambda b: b"X" + b[1:],
        lambda b: b[:20],
        lambda b: b"",
        lambda b: b + b"x",
    ],
    ids=["end", "last chunk", "bit", "magic", "head", "empty", "more"],
)
def test_a_damaged_or_cut_off_box_does_not_open(pair, tmp_path, change):
    path = tmp_path / "box"
    put(path, pair[1], os.urandom(CHUNK + 100))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Broken):
        get(path, pair[0])


def test_another_key_does_not_open_it(pair, tmp_path):
    put(tmp_path / "box", pair[1], b"secret")
    boxes.new_pair(tmp_path / "other.pem", tmp_path / "other.pub")
    with pytest.raises(Broken):
        get(tmp_path / "box", tmp_path / "other.pem")
    assert b"secret" not in (tmp_path / "box").read_bytes()


def test_what_was_interrupted_leaves_nothing(pair, tmp_path):
    with pytest.raises(ZeroDivisionError), boxes.sealed(tmp_path / "box", boxes.read_public(pair[1])) as box:
        box.write(b"half")
        box.write(bytes(1 // 0))
    assert {p.name for p in tmp_path.iterdir()} == {"private.pem", "public.pem"}


def test_the_private_half_is_for_its_owner_only(pair):
    assert pair[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("read", [boxes.read_public, boxes.read_private])
def test_a_wrong_file_gets_a_sentence(read, tmp_path):
    (tmp_path / "x").write_text("nothing")
    for path in (tmp_path / "x", tmp_path / "absent"):
        with pytest.raises(DoesNotStart):
            read(path)
