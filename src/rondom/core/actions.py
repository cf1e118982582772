"""One verb, one function, one transaction, at least one event."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_recorded: ContextVar[list[Any] | None] = ContextVar("recorded", default=None)


class ActionWithoutEvent(AssertionError):
    """An action changed something and told nobody: a mistake in our code, so the change is rolled back."""


def note_recorded(event: Any) -> None:
    """Called by the event writer: the running action has told what it did."""
    recorded = _recorded.get()
    if recorded is not None:
        recorded.append(event)


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function with `by` and `at` into an action.

    Runs in one transaction of the default database; everything or nothing. An action that records no event is rolled
    back with ActionWithoutEvent, so a write without an audit record cannot be committed. Actions may call actions: the
    outermost one holds the transaction.
    """
    parameters = inspect.signature(function).parameters
    keyword_only = all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters.values())
    if not (keyword_only and {"by", "at"} <= set(parameters)):
        raise TypeError(f"action {function.__qualname__} must be keyword-only and take by= and at=")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _recorded.set([])
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                recorded = _recorded.get()
                if not recorded:
                    raise ActionWithoutEvent(function.__qualname__)
        finally:
            inner = _recorded.get() or []
            _recorded.reset(token)
        for event in inner:
            note_recorded(event)
        return result

    run.is_action = True  # type: ignore[attr-defined]
    return run
