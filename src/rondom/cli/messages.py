"""iJw messages: check, show, rewrite, answer and explain them. Works without an installation.

    rondom messages check FILE...     one line of JSON per file: what is wrong on levels 1 and 2
    rondom messages show FILE         the message as readable text
    rondom messages rewrite FILE      read it and write it again, to standard output
    rondom messages answer FILE       the return message (or JW325) as far as levels 1 and 2 go
    rondom messages provide FOLDER    be a provider: answer what comes into a watched folder (levels 1 and 2), and send
    rondom messages listen FOLDER     take in what the hub sends over https, into the watched folders
    rondom messages explain CODE      a return code or a rule: cause and repair

Exit codes: 0 all good, 1 something was found, 2 a file that cannot be read at all (no XML, cut off, too large, a
DOCTYPE, no message of a known release).
"""

import argparse
import datetime as dt
import hashlib
import json
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rondom.messages import stuf_lines, words
from rondom.messages.answering import TRANSPORT_ERROR, NoAnswer, Signature, answer
from rondom.messages.checking import Checked, check, meant_for
from rondom.messages.explaining import explain
from rondom.messages.opening import Unreadable
from rondom.messages.providing import NotSent, identification_of, send, sentence, serve
from rondom.messages.showing import show
from rondom.messages.stuf_listen import Listener
from rondom.messages.transport import Folder, Unsafe
from rondom.messages.writing import NotWritten, rewritten, written

HELP = "check, show, rewrite, answer or explain iJw messages; be the other end"
NEEDS = "nothing"
GOOD, FOUND, UNREADABLE = 0, 1, 2
PAUSE = 5.0  # seconds between two looks in the folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with messages."""
    what = parser.add_subparsers(dest="what", metavar="what", required=True)
    checks = what.add_parser("check", help="say what is wrong, one line of JSON per file")
    checks.add_argument("files", nargs="+", type=Path, metavar="FILE")
    checks.add_argument("--for", dest="here", metavar="CODE", help="the municipality or provider it must be meant for")
    for name, does in (("show", "print it as readable text"), ("rewrite", "read it and write it again")):
        what.add_parser(name, help=does).add_argument("file", type=Path, metavar="FILE")
    answers = what.add_parser("answer", help="write the return message or JW325, judged on levels 1 and 2")
    answers.add_argument("file", type=Path, metavar="FILE")
    answers.add_argument("--identification", help="of the answer, at most 12 characters (default: made of the file)")
    answers.add_argument("--dated", type=dt.date.fromisoformat, help="date of the answer (default: today)")
    provides = what.add_parser("provide", help="be a provider: answer what comes into a watched folder")
    provides.add_argument(
        "folder", type=Path, metavar="FOLDER", help="with in/, out/, kept/ and refused/; made if need be"
    )
    provides.add_argument("--agb", required=True, metavar="CODE", help="the eight digits under which messages come")
    provides.add_argument(
        "--send", action="append", default=[], type=Path, metavar="FILE", help="first send this message; repeatable"
    )
    provides.add_argument("--once", action="store_true", help="do what lies there now, then stop")
    listens = what.add_parser("listen", help="take in what the hub sends over https, into the watched folders")
    listens.add_argument("folder", type=Path, metavar="FOLDER", help="the folder RONDOM_EXCHANGE names")
    listens.add_argument("--lines", type=Path, required=True, metavar="FILE", help="the file RONDOM_STUF_FILE names")
    explains = what.add_parser("explain", help="a return code or rule as cause and repair")
    explains.add_argument("code", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Do one of the seven."""
    if options.what == "explain":
        return _explain(options.code)
    if options.what == "listen":
        return _listen(options.folder, options.lines)
    if options.what == "provide":
        return _provide(Folder(options.folder), options)
    if options.what == "check":
        return max(_check(path, options.here) for path in options.files)
    checked = _checked(options.file)
    if checked.level1:
        return _refuse(options.what, checked)
    if options.what == "show":
        assert checked.reading
        print(show(checked.reading.message, checked.reading.content))
        return GOOD
    if options.what == "rewrite":
        assert checked.reading
        rewritten(checked.reading, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return GOOD
    return _answer(checked, options)


def _listen(folder: Path, file: Path) -> int:
    """Listen until somebody stops it (INT or TERM)."""
    try:
        lines = stuf_lines.read(file)
        if lines.listen is None:
            raise stuf_lines.BadLines(f"{file}: there is no [listen]")
        server = Listener(lines.listen, lines, folder)
    except (stuf_lines.BadLines, OSError, ValueError) as error:
        print(f"rondom: {error}", file=sys.stderr)
        return UNREADABLE
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(GOOD))
    with server, suppress(KeyboardInterrupt):
        print(f"listening on {lines.listen.host} port {server.server_port}", flush=True)
        server.serve_forever()
    return GOOD


def _checked(path: Path) -> Checked:
    try:
        with path.open("rb") as file:
            return check(file)
    except OSError as error:
        why = Unreadable(words.NO_FILE.format(why=error.strerror or error))
        return Checked(None, (why.finding,), (), why)


def _check(path: Path, here: str | None) -> int:
    checked = _checked(path)
    elsewhere = meant_for(checked.reading, here) if here and checked.reading and checked.reading.content else None
    print(
        json.dumps(
            as_json(str(path), checked) | ({"for_another": elsewhere, "ok": False} if elsewhere else {}),
            ensure_ascii=False,
        )
    )
    if checked.unreadable:
        return UNREADABLE
    return GOOD if checked.ok and not elsewhere else FOUND


def as_json(name: str, checked: Checked) -> dict[str, Any]:
    """Return what was found in a file as JSON."""
    message = checked.reading.message if checked.reading else checked.unreadable and checked.unreadable.message
    return {
        "file": name,
        "message": message.name if message else None,
        "version": str(message.release) if message else None,
        "level1": [{"line": one.line, "path": one.path, "text": one.text} for one in checked.level1],
        "level2": [{"rule": one.rule, "path": one.path} for one in checked.level2],
        "ok": checked.ok,
    }


def _refuse(what: str, checked: Checked) -> int:
    for one in checked.level1:
        print(sentence(one), file=sys.stderr)
    if what == "answer":
        print(
            f"Op een fout op niveau 1 volgt geen retourbericht; het transport meldt {TRANSPORT_ERROR}.", file=sys.stderr
        )
    return UNREADABLE if checked.unreadable else FOUND


def _answer(checked: Checked, options: argparse.Namespace) -> int:
    reading = checked.reading
    assert reading
    identification = options.identification or _identification(options.file)
    dated = options.dated or dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    try:
        reply, content = answer(reading.message, reading.content, checked.level2, Signature(identification, dated))
    except NoAnswer:
        print(f"Op een {reading.message.name} volgt geen antwoord.", file=sys.stderr)
        return FOUND
    try:
        made = written(reply, content)
    except NotWritten as why:
        print(why, file=sys.stderr)
        return UNREADABLE
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return FOUND if checked.level2 else GOOD


def _identification(path: Path) -> str:
    """Return an identification that is the same every time the same file is answered."""
    with path.open("rb") as file:
        return identification_of(hashlib.file_digest(file, "sha256").hexdigest())


def _provide(folder: Folder, options: argparse.Namespace) -> int:
    """Be a provider until stopped. A line per file: its name, the message, and its answer or why there is none."""
    try:
        code = _send(folder, options)
        while True:
            for one in serve(folder, options.agb, at=dt.datetime.now(dt.UTC)):
                said = one.answer or one.refused.replace("\n", " ") or "geen antwoord nodig"
                print(f"{one.path.name}: {one.message or 'onleesbaar'}: {said}", flush=True)
                code = FOUND if one.refused else code
            if options.once:
                return code
            time.sleep(PAUSE)
    except Unsafe as why:
        print(f"Deze map is niet veilig: {why}.", file=sys.stderr)
        return UNREADABLE


def _send(folder: Folder, options: argparse.Namespace) -> int:
    """Send messages of the provider itself, a line per file."""
    code = GOOD
    for path in options.send:
        try:
            folder.prepare()
            print(f"{path.name}: verstuurd als {send(folder, options.agb, path.read_bytes())}", flush=True)
        except (NotSent, OSError) as why:
            print(f"{path.name}: niet verstuurd: {why}", file=sys.stderr)
            code = FOUND
    return code


def _explain(code: str) -> int:
    try:
        print(explain(code))
    except KeyError:
        print(f"Er is geen retourcode of regel {code}.", file=sys.stderr)
        return UNREADABLE
    return GOOD
