"""`docs/reference/components.md`, made from the gallery: `./dev components` writes it, a test compares."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/components.md"
HEAD = """# Components

Made from the gallery (`core/gallery.py`) by `./dev components`. See them live, with every state, on `/galerij/`.

A view hands plain values (`rondom.core.components`) to the tags of `{% load rondom %}`; templates write no markup of
their own for these. Forms render themselves: `{{ form }}`, or one field with `{{ form.name.as_field_group }}`. Date and
time fields that read what people type stand in `rondom.core.forms`; the words of days and deadlines in
`rondom.core.words`. Pages extend `base.html` (staff), `base_resident.html` (residents) or `base_plain.html` (the same
bytes for everybody). A question before something that cannot be undone is a page: `confirm.html`.
"""


def page() -> str:
    """Return the reference page."""
    from django.utils import translation

    from rondom.core.gallery import EXAMPLES

    parts = [HEAD]
    with translation.override("en"):
        for example in EXAMPLES:
            parts.append(f"\n## {example.title} (`{example.key}`)\n\n{example.purpose}\n")
            parts += [f"\n- {state.name}:\n\n  ```django\n  {state.template}\n  ```\n" for state in example.states]
    return "".join(parts)


def components(words: list[str]) -> int:
    """Write the reference page of the components from the gallery."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PAGE.write_text(page(), "utf-8")
    return 0
