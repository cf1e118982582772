"""The small language in which a message is declared: simple types, groups of elements, messages, releases.

A group is declared as a class whose attributes are its elements, in the order of the standard:

    class StartProduct(Class):
        ToewijzingNummer = maybe(LDT_Nummer, key=True)
        Begindatum = one(LDT_Datum, key=True)

An instance holds the values and does not change; an absent element is None. Instances are tuples, so that a message of
tens of thousands of lines stays small in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, ClassVar, Self

from rondom.messages.simple import Simple

ONE, MAYBE, MANY = "1..1", "0..1", "1..*"


@dataclass(frozen=True)
class Element:
    """One element of a group: its name, type, how often it stands there, and whether it is part of the logical key."""

    type: Any
    times: str
    key: bool = False
    name: str = ""


def one(kind: Any, key: bool = False) -> Any:
    """Declare an element that stands there exactly once."""
    return Element(kind, ONE, key)


def maybe(kind: Any, key: bool = False) -> Any:
    """Declare an element that may be left out."""
    return Element(kind, MAYBE, key)


def many(kind: Any) -> Any:
    """Declare an element that stands there once or more; only in a Wrapper."""
    return Element(kind, MANY)


class Declared(type):
    """Makes of a class with elements a tuple with named places."""

    elements: tuple[Element, ...]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "Declared":
        inherited = [element for base in bases for element in getattr(base, "elements", ())]
        own = [Element(e.type, e.times, e.key, word) for word, e in body.items() if isinstance(e, Element)]
        rest = {word: value for word, value in body.items() if not isinstance(value, Element)}
        elements = (*inherited, *own)
        places: dict[str, Any] = {e.name: property(itemgetter(place)) for place, e in enumerate(elements)}
        return super().__new__(mcs, name, bases, {"__slots__": (), **rest, **places, "elements": elements})


class Group(tuple[Any, ...], metaclass=Declared):
    """A group of elements; made with one keyword per element: `CDT_Product(Categorie="45", Code="45A04")`."""

    elements: ClassVar[tuple[Element, ...]]
    __slots__ = ()

    def __new__(cls, **values: Any) -> Self:
        names = [element.name for element in cls.elements]
        if unknown := set(values) - set(names):
            raise TypeError(f"{cls.__name__} has no element {min(unknown)}")
        for element in cls.elements:
            if element.times != MAYBE and values.get(element.name) in (None, ()):
                raise TypeError(f"{cls.__name__} needs {element.name}")
        return cls.of(values.get(name) for name in names)

    @classmethod
    def of(cls, values: Any) -> Self:
        """Return an instance of values in the order of the elements, unchecked."""
        return tuple.__new__(cls, values)

    def but(self, **values: Any) -> Self:
        """Return the same group with some elements changed."""
        return type(self)(**(self.by_name() | values))

    def by_name(self) -> dict[str, Any]:
        """Return the elements by name."""
        return {element.name: value for element, value in zip(self.elements, self, strict=True)}

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]:
        return (), self.by_name()

    def __repr__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.by_name().items() if value is not None)
        return f"{type(self).__name__}({filled})"


class Complex(Group):
    """A complex data type (CDT): its elements stand in the namespace of the basis schema."""

    __slots__ = ()


class Class(Group):
    """A class (klasse) of a message: gets return codes of its own in the return message."""

    __slots__ = ()


class Wrapper(Group):
    """Holds the repeats of one class and nothing else (plural name); has no return codes."""

    __slots__ = ()


@dataclass(frozen=True, eq=False, repr=False)
class Message:
    """One kind of message; `forward` is the message it answers, `answer` the name of the message that answers it."""

    name: str
    title: str
    code: str
    content: type[Group]
    release: "Release"
    answer: str | None = None
    forward: "Message | None" = None

    def __repr__(self) -> str:
        return self.name

    @property
    def namespace(self) -> str:
        """The namespace of the classes."""
        return self.release.namespace(self.name.lower())

    @property
    def body(self) -> str:
        """The name of the class after the header: Client, Antwoord, Declaratie, DeclaratieAntwoord."""
        return self.content.elements[1].name


@dataclass(eq=False)
class Release:
    """One release of the standard: its number and its messages by name; namespaces follow from the number.

    `rules` is the package of its rules. What it does not say itself is as in the release `before` it.
    """

    version: int
    subversion: int
    rules: str = ""
    before: "Release | None" = None
    messages: dict[str, Message] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.version}.{self.subversion}"

    def namespace(self, part: str) -> str:
        """Return the namespace of a message (`jw301`) or of the basis schema (`basisschema`)."""
        return f"http://www.istandaarden.nl/ijw/{self.version}_{self.subversion}/{part}/schema"

    def declare(self, name: str, title: str, code: str, content: type[Group], **more: Any) -> Message:
        """Add a message to the release."""
        self.messages[name] = made = Message(name, title, code, content, self, **more)
        return made


def group_of(element: Element) -> type[Group] | None:
    """Return the group of an element, None when its type is simple."""
    return element.type if isinstance(element.type, type) else None


def walk(group: type[Group], way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Element]]:
    """Yield every element below a group with its way from there, in document order."""
    for element in group.elements:
        here = (*way, element.name)
        yield here, element
        if below := group_of(element):
            yield from walk(below, here)


def derive(group: type[Group], change: Callable[[type[Group], dict[str, Any]], Mapping[str, Any]]) -> type[Group]:
    """Return a copy of a group and all groups below it, each with its elements as `change` gives them back."""
    elements: dict[str, Any] = {}
    for element in group.elements:
        below = group_of(element)
        kind = derive(below, change) if below and not issubclass(below, Complex) else element.type
        elements[element.name] = Element(kind, element.times, element.key)
    parent = next(kind for kind in (Class, Wrapper, Group) if issubclass(group, kind))
    body = {"__doc__": group.__doc__, "__module__": group.__module__, **change(group, elements)}
    return Declared(group.__name__, (parent,), body)  # type: ignore[return-value]


__all__ = ["Class", "Complex", "Element", "Group", "Message", "Release", "Simple", "Wrapper", "many", "maybe", "one"]
