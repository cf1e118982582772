"""The crisis desk of the region: it keeps a register by pseudonym, and has no relation to any family."""

import datetime as dt

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation
from rondom.core.principals import machine
from rondom.crisis import lists
from rondom.demo.cast import DRONTEN, Cast, employ
from rondom.reference import actions as reference
from rondom.reference import files, queries


def add(cast: Cast) -> None:
    """Let Anneke keep the register of Flevoland. Its desk is housed in Dronten here; where it really is differs."""
    cast.organisation["crisispunt"] = Organisation.objects.create(
        municipality=DRONTEN, name="Coördinatiepunt crisishulp", kind=OrganisationKind.CRISIS_DESK
    )
    employ(cast, "anneke", "Anneke", "Terpstra", "crisispunt", None, Role.CRISIS_DESK)
    if queries.all_periods(lists.AREAS).exists():
        return  # a demonstration was filled with every reference file when it was made
    began = cast.at - dt.timedelta(days=400)
    for path in files.shipped():
        if path.name.startswith("crisis-"):
            reference.load(by=machine("demo"), at=began, file=files.read(path), history=True)
