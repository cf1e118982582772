"""Who makes policy in Dronten, and what CBS published about youth care: small files of ours, with their source."""

import datetime as dt
from pathlib import Path

from rondom import indicators
from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast, employ
from rondom.indicators import importing, snapshot

CARRIED = Path(indicators.__file__).parent / "data"


def add(cast: Cast) -> None:
    """Let Hanna make policy, in an organisation that has no relation to any family."""
    cast.organisation["beleid"] = Organisation.objects.create(
        municipality=DRONTEN, name="Gemeente Dronten, beleid jeugd", kind=OrganisationKind.POLICY
    )
    employ(cast, "hanna", "Hanna", "Mulder", "beleid", None, Role.POLICY_MAKER)


def published(at: dt.datetime) -> None:
    """Import the published figures that come with Rondom: of Flevoland, Drenthe, the provinces and the country."""
    for path in sorted(CARRIED.glob("cbs-*.csv")):
        importing.load(by=machine("demo"), at=at, path=path)


def figures(at: dt.datetime) -> None:
    """Make what the pages of figures need, beside the cast: published figures, and a snapshot where one can be made."""
    published(at)
    if snapshot.available():
        snapshot.make(by=machine("demo"), at=at)
