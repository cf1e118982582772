"""A long import in a process of its own, beside the pages that are measured."""

import sys

from tools.bench.web import NOW


def main() -> int:
    """Write more families into the installation of RONDOM_DATA."""
    import django

    django.setup()
    from tools.bench import population

    population.fill(dossiers=int(sys.argv[1]), staff=5, teams=1, at=NOW, prefix="import")
    return 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    raise SystemExit(main())
