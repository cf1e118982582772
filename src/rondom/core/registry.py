"""A list that rooms above fill and rooms below read: news goes up by signal, abilities come down by registration."""

from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Registry[T]:
    """Named things in the order of their registration; the same name twice is a mistake."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._items: dict[str, T] = {}

    def register(self, name: str, item: T) -> T:
        """Add an item under a unique name and return it."""
        if name in self._items:
            raise ValueError(f"{self.what}: {name} is registered already")
        self._items[name] = item
        return item

    def __call__(self, name: str) -> Callable[[T], T]:
        """Register as a decorator: `@timeline("notes")`."""
        return lambda item: self.register(name, item)

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(list(self._items.items()))

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __contains__(self, name: str) -> bool:
        return name in self._items
