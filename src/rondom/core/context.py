"""What every page of the shell knows."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static

from rondom.core import clock, navigation, shortcuts


def theme() -> dict[str, str]:
    """Return the style sheet, class and logo of the municipality's own theme, as far as the folder holds them."""
    if not settings.RONDOM_THEME:
        return {}
    has = {name: finders.find(f"theme/{name}") for name in ("theme.css", "logo.svg")}
    return {
        "css": static("theme/theme.css") if has["theme.css"] else "",
        "logo": static("theme/logo.svg") if has["logo.svg"] else "",
        "class": settings.RONDOM_THEME_CLASS,
    }


def adviser() -> dict[str, str]:
    """Return who stands beside residents, independent of the municipality (Jw 4.1.8; on every resident page)."""
    name, phone, url = settings.RONDOM_ADVISER
    return {"name": name, "phone": phone, "dial": "".join(c for c in phone if c in "+0123456789"), "url": url}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the kind of installation, the navigation and search of this person, and whether htmx asks."""
    by = getattr(request, "principal", None)
    search_box = navigation.search_box_for(by)
    links, more = navigation.in_line(navigation.links_for(by, request.path), own_line=search_box is not None)
    return {
        "installation_kind": settings.KIND,
        "is_htmx": request.headers.get("HX-Request") == "true",
        "principal": by,
        "nav_links": links,
        "nav_more": more,
        "nav_more_current": any(link.current for link in more),
        "search_box": search_box,
        "quick_keys": navigation.quick_keys_for(by),
        "footer_links": navigation.footer_links_for(by),
        "today": clock.today(clock.now()),
        "signed_in_name": navigation.name_of(by),
        "keys_off": shortcuts.are_off(request),
        "theme": theme(),
        "languages": settings.LANGUAGES,
        "adviser": adviser(),
    }
