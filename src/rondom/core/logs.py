"""Logs that name nobody: one JSON line per record, built from what is known to be safe.

A log line holds the moment, level, logger, the *literal* message of the program, the kind of an exception with the
places in the code, and a few named extras. Values are never taken over as they come: arguments of a message are kept
when they are numbers, ids or plain words of a program; anything else becomes "…". The text of an exception is left out
(a database error repeats the values it was given). Addresses lose their query and long random parts.

The access log names the route (`/document/<uuid:document>/`), never the address.

Files: `logs/rondom-<day>.log` in the data folder, one per day, appended to by every process; kept RONDOM_LOG_DAYS.
"""

import datetime as dt
import json
import logging
import os
import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

access = logging.getLogger("rondom.access")
HIDDEN = "…"
SAFE_EXTRAS = ("route", "method", "status", "ms", "role", "draft", "job", "count")
OUR_OWN = ("rondom",)  # loggers whose literal messages are ours, and reviewed
WORD = re.compile(r"[A-Za-z_][\w.\-]{0,60}\Z")
ADDRESS = re.compile(r"/[\w\-./]*\Z")
LONG = re.compile(r"[\w\-]{20,}")
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
DIGITS = re.compile(r"\d{6,}")


def mask_address(address: str) -> str:
    """Return an address without query, with every long random part but ids replaced."""
    path = address.partition("?")[0].partition("#")[0]
    return "/".join(p if UUIDS.match(p) else DIGITS.sub(HIDDEN, LONG.sub(HIDDEN, p)) for p in path.split("/"))


def scrub(value: Any) -> Any:
    """Return a value when it is known to say nothing about a person, else "…"."""
    if value in (None, "") or isinstance(value, bool | int | float | UUID):
        return str(value) if isinstance(value, UUID) else value
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, str):
        if value.startswith("/") and ADDRESS.match(value.partition("?")[0]):
            return mask_address(value)
        if UUIDS.match(value) or (WORD.match(value) and value.isascii() and (value.islower() or value.isupper())):
            return value
    return HIDDEN


def message_of(record: logging.LogRecord) -> str:
    """Return the message with only safe arguments filled in; a message built by a library from values is left out."""
    literal = str(record.msg)
    if not record.name.startswith((*OUR_OWN, "django")):
        literal = literal if record.args and "%" in literal else HIDDEN
    if not record.args:
        return DIGITS.sub(HIDDEN, literal.partition("?")[0]) if record.name.startswith(OUR_OWN) else HIDDEN
    arguments: Any = record.args
    safe: Any = (
        {k: scrub(v) for k, v in arguments.items()} if isinstance(arguments, dict) else tuple(map(scrub, arguments))
    )
    try:
        return literal % safe
    except (TypeError, ValueError):
        return re.sub(r"%[.\d]*[a-z]", HIDDEN, literal)


def places(error: BaseException) -> list[str]:
    """Return where in the code an error passed, newest last: file, line and function, never a value."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames][-12:]


class JsonFormatter(logging.Formatter):
    """Writes one safe JSON line per record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        for name in SAFE_EXTRAS:
            if name in record.__dict__:
                value = record.__dict__[name]
                line[name] = value if name == "route" else scrub(value)
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["error"] = type(error).__qualname__
            line["places"] = places(error)
        return json.dumps(line, ensure_ascii=False)


class DailyFile(logging.Handler):
    """Appends to the file of the day. Every line is one write, so several processes can share the file."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__()
        self._folder, self._day, self._handle = Path(folder), "", -1

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a full disk never breaks the page that logs."""
        try:
            line = self.format(record) + "\n"
            os.write(self._file_of(dt.datetime.fromtimestamp(record.created, dt.UTC)), line.encode())
        except OSError:
            pass
        except Exception:  # noqa: BLE001 - logging must not break what is logged
            self.handleError(record)

    def _file_of(self, at: dt.datetime) -> int:
        day = at.date().isoformat()
        if day != self._day:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            opened = os.open(self._folder / f"rondom-{day}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self._shut()
            self._handle, self._day = opened, day
        return self._handle

    def _shut(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle, self._day = -1, ""

    def close(self) -> None:
        """Close the file."""
        self._shut()
        super().close()


def configuration(folder: Path) -> dict[str, Any]:
    """Return Django's LOGGING: everything to the file of the day; errors to standard error as well. No mail."""
    both = {"handlers": ["file", "errors"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "rondom.core.logs.JsonFormatter"}},
        "handlers": {
            "file": {"()": "rondom.core.logs.DailyFile", "folder": str(folder), "formatter": "json"},
            "errors": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "json"},
        },
        "root": {"handlers": ["file", "errors"], "level": "WARNING"},
        "loggers": {"django": both | {"level": "WARNING"}, "rondom": both},
    }


def forget(*, at: dt.datetime) -> int:
    """Remove log files older than RONDOM_LOG_DAYS; return how many. Run each night."""
    oldest, count = (at - dt.timedelta(days=settings.RONDOM_LOG_DAYS)).date().isoformat(), 0
    for path in Path(settings.RONDOM_LOGS).glob("rondom-????-??-??.log"):
        if path.stem.removeprefix("rondom-") < oldest:
            path.unlink(missing_ok=True)
            count += 1
    return count


class AccessLog:
    """One line per request: method, route, status, how long, and in which role. No address, no person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        by = getattr(request, "principal", None)
        access.info(
            "request",
            extra={
                "route": f"/{match.route}" if match else "",
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.monotonic() - began) * 1000),
                "role": by.role if by else "",
            },
        )
        return response
