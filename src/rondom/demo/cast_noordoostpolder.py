"""The back office of Noordoostpolder: who refers there, one provider with a contract and one without. All invented.

It registers help through doctors of its own municipality; of families in Dronten it sees nothing, not even of Finn.
"""

import datetime as dt

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation
from rondom.core.principals import machine
from rondom.demo.cast import NOORDOOSTPOLDER, Cast, employ
from rondom.entry import actions as entry
from rondom.entry.enums import PartnerKind
from rondom.providers import actions
from rondom.providers.enums import ContractKind, Scale

SINCE = dt.date(2020, 1, 1)


def add(cast: Cast) -> None:
    """Write the office, its worker, a practice with a contact person, and two providers."""
    by, at = machine("demo", NOORDOOSTPOLDER), cast.began
    cast.organisation["kantoor"] = Organisation.objects.create(
        municipality=NOORDOOSTPOLDER, name="Gemeente Noordoostpolder, backoffice jeugd",
        kind=OrganisationKind.BACK_OFFICE,
    )  # fmt: skip
    employ(cast, "gerda", "Gerda", "Visscher", "kantoor", None, Role.BACK_OFFICE)
    practice = entry.add_partner(
        by=cast.principal("gerda", at), at=at, name="Huisartsenpraktijk De Kamp", kind=PartnerKind.GENERAL_PRACTICE,
        phone="0527 555 310",
    )  # fmt: skip
    entry.set_contact(by=cast.principal("gerda", at), at=at, partner=practice, staff=cast.staff["karin"])
    held = actions.register_provider(
        by=by, at=at, name="De Golfbreker jeugdhulp", agb_code="73730011", starts=SINCE, phone="0527 555 320"
    )
    actions.sign_contract(
        by=by, at=at, provider=held, number="NOP-2020-003", kind=ContractKind.FRAMEWORK, starts=SINCE, ends=None,
        scale=Scale.LOCAL,
    )  # fmt: skip
    actions.register_provider(
        by=by, at=at, name="Praktijk De Wadden", agb_code="94940012", starts=SINCE, phone="0527 555 321"
    )
