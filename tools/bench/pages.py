"""The pages that are measured, beside the same pages without permission join and audit."""

import contextlib
import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
MUNICIPALITY = "GM0303"
FIRST = ("Daan", "Lot", "Sem", "Noor", "Finn", "Saar", "Bram", "Tess", "Milan", "Yara", "Luuk", "Fenna", "Adam", "Zoë",
         "Ravi", "Esra", "Thijs", "Evi", "Jip", "Nora")  # fmt: skip
MANY, THREE, ONE = "meting0", "meting-drie", "meting-een"  # user names of who is measured
BACKEND = "rondom.demo.backends.OneClick"
CHANGES = re.compile(rb'(name="_once" value|name="csrfmiddlewaretoken" value|data-once)="[^"]*"')
Request = Callable[[], Any]


def member(username: str) -> Any:
    """Return a colleague of the region."""
    from rondom.accounts.models import StaffMember

    return StaffMember.objects.select_related("account").get(account__username=username)


def requests_of(username: str) -> dict[str, Request]:
    """Return the pages of a colleague who leads a team, as functions that ask for them."""
    from django.test import Client

    from rondom.dossiers.models import CaseRole

    who, client = member(username), Client()
    client.force_login(who.account, backend=BACKEND)
    role = CaseRole.objects.filter(staff=who, ends=None).select_related("case").order_by("pk").first()
    assert role is not None
    link = role.case.dossier_links.select_related("dossier__youth").first()
    assert link is not None
    youth = link.dossier.youth
    name, letter = (FIRST[3], "s") if username == MANY else (youth.called, youth.family_name[0])
    return {
        "My day": lambda: client.get("/dag/"),
        "My families, 50 rows": lambda: client.get("/gezinnen/"),
        "Families of the team, 50 rows": lambda: client.get("/gezinnen/?filter="),
        "Search, one name": lambda: client.post("/zoeken/", {"words": name}),
        "Search, two beginnings": lambda: client.post("/zoeken/", {"words": f"{name[:2]} {letter}"}),
        "Family page": lambda: client.get(f"/gezin/{role.case_id}/"),
        "Team page": lambda: client.get("/team/"),
    }


def chain_of(username: str) -> dict[str, Request]:
    """Return the pages of the chain of a colleague who leads a team: one family with its history, and what waits."""
    from django.test import Client

    from rondom.dossiers.models import CaseRole

    who, client = member(username), Client()
    client.force_login(who.account, backend=BACKEND)
    role = CaseRole.objects.filter(staff=who, ends=None).order_by("case__opened_on", "pk").first()
    assert role is not None
    family = f"/gezin/{role.case_id}/"
    return {
        "Family page": lambda: client.get(family),
        "Timeline, newest 50": lambda: client.get(f"{family}tijdlijn/"),
        "Family plan": lambda: client.get(f"{family}plan/"),
        "Help of the family": lambda: client.get(f"{family}hulp/"),
        "Inbox": lambda: client.get("/postvak/"),
        "Worries that came in": lambda: client.get("/zorgen/"),
        "My day": lambda: client.get("/dag/"),
        "Decisions with me": lambda: client.get("/besluiten/?lijst=mij"),
        "Decisions to sign": lambda: client.get("/besluiten/?lijst=tekenen"),
    }


def fill_the_day(username: str) -> None:
    """Let families of a colleague (three at most) stand on the page of today: a meeting, and a rhythm of contact."""
    from rondom.accounts.queries import principal_of_staff
    from rondom.dossiers import actions
    from rondom.dossiers.models import Case

    who = member(username)
    by = principal_of_staff(who, at=NOW)
    for case in Case.objects.filter(roles__staff=who, closed_on=None).distinct().order_by("pk")[:3]:
        seat = actions.Invited("works_with", staff=who)
        when = NOW + dt.timedelta(hours=2)
        actions.plan_meeting(by=by, at=NOW, case=case, planned_at=when, purpose="Voortgang", invited=[seat])
        actions.set_rhythm(by=by, at=NOW, case=case, days=14)


def text_of(answer: Any) -> bytes:
    """Return the page without what differs every time (one-time keys)."""
    return CHANGES.sub(b"", answer.content)


class Bare:
    """The same view with every sight condition replaced by "everything", and with looks not written.

    Nothing in Rondom knows of this: the functions that carry the permission are replaced, for the time of one request,
    in every module that imported them. Where the team's sight is what selects the rows (`of_team`), they are selected
    by the column `team` of the case instead.
    """

    def __init__(self, *, of_team: bool = False) -> None:
        from django.db.models import Q
        from django.urls import get_resolver

        from rondom.core import events
        from rondom.dossiers import opening, queries
        from rondom.dossiers import sight as conditions
        from rondom.dossiers.models import Case, CaseDossier, Dossier
        from rondom.people import sight
        from rondom.people.models import Person
        from rondom.privacy import queries as relations

        _ = get_resolver().url_patterns  # every page is imported now: each has its own name for these functions

        def everything(model: Any) -> Callable[..., Any]:
            return lambda *args, **kwargs: model.objects.all()

        def cases(by: Any, **kwargs: Any) -> Any:
            return Case.objects.filter(team__in=by.teams) if of_team else Case.objects.all()

        def always(value: Any) -> Callable[..., Any]:
            return lambda *args, **kwargs: value

        self.replaced = [
            (relations.sight_of, always(Q())),
            (conditions.case_seen, always(Q())),
            (conditions.dossier_seen, always(Q())),
            (conditions.person_seen, always(Q())),
            (queries.cases_for, cases),
            (queries.dossiers_for, everything(Dossier)),
            (queries.persons_for, everything(Person)),
            (sight.persons_in_sight, lambda *args, **kwargs: Person.objects.filter(merged_into=None)),
            (queries._kept_links, lambda *args, **kwargs: CaseDossier.objects.none()),
            (queries._of_hidden_youth, always(Q())),
            (opening.ground_of, always("")),
            (events.look, always(None)),
        ]
        self.places = [
            (module, name, original, other)
            for original, other in self.replaced
            for key, module in list(sys.modules.items())
            if key.startswith("rondom.")
            for name, value in list(vars(module).items())
            if value is original
        ]

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        """Be bare for a while."""
        for module, name, _original, other in self.places:
            setattr(module, name, other)
        try:
            yield
        finally:
            for module, name, original, _other in self.places:
                setattr(module, name, original)
