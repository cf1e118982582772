"""Talking to clamd: a server of our own that speaks its protocol."""

import socket
import threading

import pytest

from rondom.documents import scanner
from rondom.documents.scanner import Verdict


@pytest.fixture
def clamd(settings, tmp_path):
    """A scanner that finds the word EICAR; returns what it received."""
    path = tmp_path / "clamd.sock"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen(1)
    received = bytearray()

    def serve():
        connection, _ = server.accept()
        with connection, connection.makefile("rwb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(stream.read(4)):
                received.extend(stream.read(length))
            stream.write(b"stream: Eicar FOUND\0" if b"EICAR" in received else b"stream: OK\0")
            stream.flush()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.RONDOM_CLAMD = str(path)
    yield received
    server.close()


@pytest.mark.parametrize(("word", "verdict"), [(b"fine", Verdict.CLEAN), (b"EICAR", Verdict.FOUND)])
def test_the_whole_file_is_scanned(clamd, word, verdict):
    pieces = [b"x" * 200_000, word]
    assert scanner.scan(pieces) is verdict
    assert bytes(clamd) == b"".join(pieces)


def test_a_scanner_that_does_not_answer_is_absent(settings, tmp_path):
    settings.RONDOM_CLAMD = str(tmp_path / "nothing.sock")
    assert scanner.scan([b"x"]) is Verdict.ABSENT


def test_a_scanner_that_says_something_else_is_absent(settings, tmp_path):
    path = tmp_path / "odd.sock"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen(1)

    def serve():
        connection, _ = server.accept()
        connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        connection.recv(100)
        connection.close()

    threading.Thread(target=serve, daemon=True).start()
    settings.RONDOM_CLAMD = str(path)
    assert scanner.scan([b"x"]) is Verdict.ABSENT
    server.close()
