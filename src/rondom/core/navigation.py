"""The main navigation and the search box: rooms above register, the shell shows what this person may use.

navigation.register("my-day", NavItem(_("My day"), "desk:my_day", roles=frozenset({"case_worker"}), order=10))
search_boxes.register("families", SearchBox(_("Search a family"), "desk:search", field="words"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from rondom.core.principals import Principal
from rondom.core.registry import Registry

STAFF = frozenset({"staff"})
SHOWN, BESIDE_NAME = 7, 5  # entries in a line of their own, or beside the name; one more fits, the rest is under "more"


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; `roles` empty means everybody of these kinds. Lower `order` comes first."""

    label: Any
    url_name: str
    roles: frozenset[str] = frozenset()
    order: int = 50
    kinds: frozenset[str] = STAFF

    def is_for(self, by: Principal) -> bool:
        """Tell whether this principal sees the entry; the page behind it checks again at its own door."""
        return by.kind in self.kinds and (not self.roles or by.has(*self.roles))


@dataclass(frozen=True)
class SearchBox:
    """The search box in the header; it always posts, so that no name ever stands in an address.

    `hint` stands in the box, short enough for a phone; the label is read out.
    """

    label: Any
    url_name: str
    field: str = "words"
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = STAFF
    hint: Any = ""

    def is_for(self, by: Principal) -> bool:
        """Tell whether this principal gets the box."""
        return by.kind in self.kinds and (not self.roles or by.has(*self.roles))


@dataclass(frozen=True)
class QuickKey:
    """A button in the header that one key reaches from anywhere (a note: "n"); an ordinary link without script."""

    label: Any
    url_name: str
    key: str
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = STAFF

    def is_for(self, by: Principal) -> bool:
        """Tell whether this principal gets the button."""
        return by.kind in self.kinds and (not self.roles or by.has(*self.roles))


@dataclass(frozen=True)
class Link:
    """What the template shows: words, address, and whether it is the page one is on."""

    label: Any
    url: str
    current: bool = False


navigation: Registry[NavItem] = Registry("navigation")
footer: Registry[NavItem] = Registry("footer")
search_boxes: Registry[SearchBox] = Registry("search box")
quick_keys: Registry[QuickKey] = Registry("quick keys")
names: Registry[Callable[[Principal], str]] = Registry("name of who is signed in, per kind of principal")


def _for(by: Principal | None, registry: Registry[NavItem]) -> list[NavItem]:
    return sorted((item for _, item in registry if by and item.is_for(by)), key=lambda item: item.order)


def links_for(by: Principal | None, path: str) -> list[Link]:
    """Return the navigation of a principal; the entry with the longest address that begins the path is current."""
    items = _for(by, navigation)
    urls = [reverse(item.url_name) for item in items]
    current = max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    return [Link(item.label, url, url == current) for item, url in zip(items, urls, strict=True)]


def in_line(links: list[Link], *, own_line: bool) -> tuple[list[Link], list[Link]]:
    """Return (entries in the line of the menu, entries under "more"): the line does not wrap on a wide screen.

    `own_line`: there is a search box, so the menu has a line of its own.
    """
    most = SHOWN if own_line else BESIDE_NAME
    return (links, []) if len(links) <= most + 1 else (links[:most], links[most:])


def footer_links_for(by: Principal | None) -> list[Link]:
    """Return the quiet links at the bottom."""
    return [Link(item.label, reverse(item.url_name)) for item in _for(by, footer)]


def quick_keys_for(by: Principal | None) -> list[QuickKey]:
    """Return the buttons with a key that this principal may use, in the order of their registration."""
    return [item for _, item in quick_keys if by and item.is_for(by)]


def search_box_for(by: Principal | None) -> SearchBox | None:
    """Return the first search box this principal may use."""
    return next((box for _, box in search_boxes if by and box.is_for(by)), None)


def name_of(by: Principal | None) -> Any:
    """Return the name of who is signed in, looked up only when the page shows it; "" for kinds nobody registered."""
    return SimpleLazyObject(lambda: names[by.kind](by)) if by and by.kind in names else ""
