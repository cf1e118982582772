"""What lies in the store is whole, secret, and as it was written."""

import errno
import os
import subprocess
import sys
import textwrap
import time
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rondom.core.errors import NoRoom
from rondom.documents import store
from rondom.documents.store import CHUNK, Damaged


@given(content=st.binary(max_size=2000), cut=st.integers(1, 999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_what_goes_in_comes_out(content, cut):
    blob, size, digest = store.keep(content[i : i + cut] for i in range(0, len(content), cut))
    assert b"".join(store.read(blob)) == content
    assert store.digest_of(blob) == (size, digest)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_sizes_around_the_edge_of_a_chunk(size):
    content = os.urandom(size)
    blob, _, _ = store.keep([content])
    assert b"".join(store.read(blob)) == content


def test_the_content_is_not_in_clear_and_the_name_says_nothing():
    blob, _, _ = store.keep([b"KANARIE-9921" * 50])
    path = store.path_of(blob)
    assert b"KANARIE" not in path.read_bytes()
    assert path.name == blob.hex
    assert path.stat().st_mode & 0o077 == 0


def _change(blob, change):
    path = store.path_of(blob)
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b[:-1],
        lambda b: b[: store.HEADER + CHUNK + store.TAG],  # a whole chunk cut off
        lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:],
        lambda b: b[: store.HEADER],
        lambda b: b"",
        lambda b: b[: store.HEADER] + b[store.HEADER + CHUNK + store.TAG :],  # the first chunk dropped
        lambda b: b[:5] + b"\x09" + b[6:],  # another generation of keys
    ],
)
def test_altered_cut_or_swapped_is_noticed(change):
    blob, _, _ = store.keep([os.urandom(2 * CHUNK + 100)])
    _change(blob, change)
    with pytest.raises(Damaged):
        store.digest_of(blob)


def test_a_blob_under_another_name_is_noticed():
    one, _, _ = store.keep([b"one"])
    other, _, _ = store.keep([b"other"])
    store.path_of(other).write_bytes(store.path_of(one).read_bytes())
    with pytest.raises(Damaged):
        store.digest_of(other)


def test_a_dropped_upload_leaves_nothing(own_store):
    writer = store.Writer()
    writer.write(os.urandom(CHUNK * 2))
    writer.drop()
    assert not [p for p in own_store.rglob("*") if p.is_file()]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(own_store, monkeypatch, code):
    def full(*args):
        raise OSError(code, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store.keep([b"content"])
    assert not [p for p in own_store.rglob("*") if p.is_file()]


def test_the_sweep_takes_what_no_row_knows_after_a_day(own_store):
    known, _, _ = store.keep([b"known"])
    orphan, _, _ = store.keep([b"orphan"])
    half = store.Writer()
    half.write(b"half")
    later = time.time() + 3600 * 23
    assert store.sweep([known], older_than=86400, now=later) == 0
    assert store.sweep([known], older_than=86400, now=later + 7200) == 2
    assert [blob for blob, _ in store.stored()] == [known]
    assert orphan != known
    half.drop()


def test_reading_what_is_not_there_is_damage_not_a_crash():
    with pytest.raises(Damaged):
        store.digest_of(uuid4())


@pytest.mark.slow
def test_a_process_killed_while_writing_leaves_only_a_part_that_is_swept(own_store):
    script = textwrap.dedent(f"""
        import os, signal, sys
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django
        django.setup()
        from django.conf import settings
        from pathlib import Path
        settings.RONDOM_DOCUMENTS = Path({str(own_store)!r})
        from rondom.documents import store
        writer = store.Writer()
        writer.write(os.urandom(3_000_000))
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    killed = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()
    assert list(store.stored()) == []
    assert len(list(own_store.rglob("*.part"))) == 1
    assert store.sweep([], older_than=86400, now=time.time() + 90000) == 1
    assert not [p for p in own_store.rglob("*") if p.is_file()]


@pytest.mark.slow
def test_a_disk_that_fills_up_while_writing_is_a_sentence(own_store):
    """A real limit of the operating system (RLIMIT_FSIZE), in a process of its own."""
    script = textwrap.dedent(f"""
        import os, resource, signal
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django
        django.setup()
        from django.conf import settings
        from pathlib import Path
        settings.RONDOM_DOCUMENTS = Path({str(own_store)!r})
        from rondom.core.errors import NoRoom
        from rondom.documents import store
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        try:
            store.keep([os.urandom(3_000_000)])
        except NoRoom:
            raise SystemExit(42)
    """)
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 42
    assert not [p for p in own_store.rglob("*") if p.is_file()]
