"""A number with what was counted. Lines and persons do not add up, and here they cannot."""

from dataclasses import dataclass

from rondom.facts.schema import Grain


class Mixed(TypeError):
    """Two counts of different things were added or subtracted: a mistake in our code."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one kind of thing."""

    value: int
    of: Grain

    def __add__(self, other: "Count") -> "Count":
        return Count(self.value + self._same(other), self.of)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.value - self._same(other), self.of)

    def _same(self, other: "Count") -> int:
        if self.of is not other.of:
            raise Mixed(f"a count of {self.of}s and a count of {other.of}s")
        return other.value


def lines(number: int) -> Count:
    """Count lines."""
    return Count(number, Grain.LINE)


def persons(number: int) -> Count:
    """Count persons."""
    return Count(number, Grain.PERSON)
