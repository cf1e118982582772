"""The WSGI application served by granian. It starts only when folder, keys, kind and databases belong together."""

import os
import signal
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import translation


def _start() -> Any:
    # granian listens only after this: a process that is told to stop while it starts would serve all the same
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    made = get_wsgi_application()
    from rondom.core.starting import let_go, refuse_unfit  # noqa: PLC0415 - models are there from here on

    refuse_unfit()
    _read_what_every_page_needs()
    let_go()
    return made


def _read_what_every_page_needs() -> None:
    """Import every page and read the words of every language now, not while the first person waits."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pass
    _ = get_resolver().url_patterns


application = _start()
