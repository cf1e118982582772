"""De Vuurtoren got an order for Timo yesterday and has not confirmed it. A chapter: other tests begin without it."""

from rondom.allocations import actions as allocations
from rondom.allocations.actions import Basis, Help
from rondom.allocations.enums import Decision, Frequency, Ground
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast
from rondom.demo.cast_desk import day, moment
from rondom.exchange import actions
from rondom.exchange.models import Message
from rondom.providers.models import Product


def add(cast: Cast) -> None:
    """Order what was decided, and let the post take it along."""
    at, joris = moment(cast, -1, 14), cast.staff["joris"]
    product = Product.objects.select_related("lot__contract__provider").get(municipality=DRONTEN, code="45A04")
    row = allocations.order(
        by=cast.principal("joris", at), at=at, dossier=cast.dossier["timo"], case=cast.case["smeets"],
        ordered_by=joris, basis=Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-0461", day(cast, -1)),
        what=Help(starts=day(cast, 0), ends=day(cast, 120), product=product, volume=60, frequency=Frequency.WEEK),
    )  # fmt: skip
    for message in Message.objects.filter(versions__assignment__allocation=row):
        actions.note_sent(by=machine("messages", DRONTEN), at=at, message=message)
