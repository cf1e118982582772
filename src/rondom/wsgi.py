"""The WSGI application served by granian. It starts only when folder, keys, kind and databases belong together."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application


def _start() -> Any:
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    made = get_wsgi_application()
    from rondom.core.starting import let_go, refuse_unfit  # noqa: PLC0415 - models are there from here on

    refuse_unfit()
    let_go()
    return made


application = _start()
