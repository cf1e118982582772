"""A family of two children whose mother asks help: the shortest way to a decision."""

import datetime as dt
from dataclasses import replace

import pytest

from rondom.core import clock
from rondom.decisions import actions
from rondom.decisions.actions import Asked, Content
from rondom.decisions.enums import Channel, DecisionKind, Frequency, Shape
from rondom.decisions.queries import goals_about
from rondom.providers.models import Product

FOUND = {
    "problems": "Sem slaapt slecht.", "help_needed": "Begeleiding in het gezin.", "extent": "twee uur per week",
    "own_strength": "Oma past op woensdag op.", "remaining_help": "Begeleiding, een uur per week.",
}  # fmt: skip


class Desk:
    """What the tests do over and over, as Sanne who prepares and Yasmin who reads along."""

    def __init__(self, cast, at):
        self.cast, self.at, self.day = cast, at, clock.today(at)

    def apply(self, child="sem", *, received=None, **more):
        asked = {
            "channel": Channel.MAIL, "shape": Shape.FREE, "what": "Ik wil hulp voor mijn kind.",
            "by": self.cast.person["mirjam"], "received_on": received or self.day, **more,
        }  # fmt: skip
        return actions.register_application(
            by=self.cast.principal("sanne"), at=self.at, dossier=self.cast.dossier[child],
            case=self.cast.case["visser"], asked=Asked(**asked), registered_by=self.cast.staff["sanne"],
        )  # fmt: skip

    def content(self, **more):
        said = {
            "kind": DecisionKind.AWARD, "product": Product.objects.get(code="45A04"), "volume": 120,
            "unit": "minuten", "frequency": Frequency.WEEK, "starts": self.day + dt.timedelta(days=7),
            "ends": self.day + dt.timedelta(days=190), "article": "artikel 2.3 van de Jeugdwet",
            "motivation": "Sem slaapt slecht door de onrust thuis; begeleiding maakt de avonden rustig.",
        }  # fmt: skip
        return Content(**(said | more))

    def prepare(self, application=None, *, found=FOUND, earlier=None, **content):
        by, me = self.cast.principal("sanne"), self.cast.staff["sanne"]
        said = self.content(**content)
        row = actions.begin(
            by=by, at=self.at, kind=said.kind, prepared_by=me, application=application, earlier=earlier
        )  # fmt: skip
        if found:
            actions.change_inquiry(by=by, at=self.at, decision=row, found=found, opened_version=1)
        goals = said.goals or tuple(goals_about(row.dossier, row.case, by, at=self.at))
        said = replace(said, goals=goals)
        return actions.change(by=by, at=self.at, decision=row, content=said, opened_version=row.version)

    def ask(self, *rows, reader="yasmin", **more):
        return actions.ask_second(
            by=self.cast.principal("sanne"), at=self.at, decisions=rows, reader=self.cast.staff[reader],
            until=self.day, **more,
        )  # fmt: skip

    def sign(self, row, *, who="yasmin"):
        row.refresh_from_db()
        return actions.sign(by=self.cast.principal(who), at=self.at, decision=row, signed_by=self.cast.staff[who])


@pytest.fixture
def desk(cast, at):
    return Desk(cast, at)
