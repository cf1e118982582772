"""Who works at a school or practice: shares a worry, and hears that it was received and picked up. Nothing else."""

import datetime as dt
import re
from uuid import UUID

import pytest
from django.urls import reverse

from rondom.accounts.models import Account, Referrer
from rondom.accounts.queries import principal_for
from rondom.core import clock
from rondom.core.errors import NotAllowed
from rondom.demo import cast_unsent
from rondom.dossiers.models import Dossier, Draft
from rondom.entry import actions, queries
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.actions import questions as forms_of_the_web
from rondom.entry.enums import Channel, Part, ReporterKind
from rondom.entry.models import Concern, Partner
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
HOME = reverse("place:home")
WORRY = {"child_1": "Pim Storm", "worry": "Pim slaapt in de les.", "talked_on": "", "not_talked_because": ""}


def me(name="henk", at=None):
    account = Account.objects.get(username=name)
    return Referrer.objects.get(account=account), principal_for(account, at=at or clock.now(), assurance="substantial")


def share(cast, child, at, name="henk"):
    row, by = me(name, at)
    return actions.share_worry(
        by=by, at=at, referrer=row, worry="Hij slaapt in de les.", persons=[Named(Part.CHILD, child, cast.year(9))],
        talked_on=clock.today(at),
    )  # fmt: skip


def hand_out(cast, row, at):
    return actions.hand_out(
        by=cast.principal("yasmin", at), at=at, concern=row, decided_by=cast.staff["yasmin"], team=cast.team["oost"],
        to=cast.staff["yasmin"], people_=[Known(who) for who in row.persons.all()], first_contact_by=clock.today(at),
        team_because="zo afgesproken", team_answers={"school": "unknown", "age": 9, "area": "unknown"},
    )  # fmt: skip


def lines(name="henk"):
    """Return child -> the word beside it, as the page shows it."""
    html = sign_in(name).get(HOME).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    words = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", r, re.DOTALL)] for r in rows
    ]
    return {cells[0]: cells[2] for cells in words if cells}


def test_the_page_says_whom_to_call_and_received_or_picked_up(cast):
    html = sign_in("henk").get(HOME).content.decode()
    assert "Mijn school" in html and "VO De Polderborg" in html
    assert "Mark de Graaf" in html and cast.staff["mark"].phone in html
    assert lines()["Lieke Vonk"] == "ontvangen" and lines()["Jesse Hoekman"] == "opgepakt"
    for kept in ("leerplichtambtenaar", "Els Vermeer", "Postma", "advies"):
        assert kept not in html, kept


def test_a_worry_is_shared_with_the_question_about_the_parents(cast, at):
    cast_unsent.add(cast)
    henk = sign_in("henk")
    form = henk.get(reverse("place:share"))
    assert "Noud Dekker" in form.content.decode()  # what he began yesterday is back
    refused = henk.post(reverse("place:share"), WORRY).content.decode()
    assert "Praat eerst met de ouders" in refused and not Concern.objects.filter(persons__name="Pim Storm").exists()
    token = re.search(r'name="_draft" value="([^"]+)"', form.content.decode())[1]
    once = re.search(r'name="_once" value="([^"]+)"', form.content.decode())[1]
    sent = {**WORRY, "not_talked_because": "Zij nemen niet op.", "_draft": token, "_once": once}
    before = Dossier.objects.count()
    assert henk.post(reverse("place:share"), sent)["Location"] == HOME
    assert henk.post(reverse("place:share"), sent)["Location"] == HOME  # a second press
    row = Concern.objects.get(persons__name="Pim Storm")
    assert (row.reporter_kind, row.reporter_name, row.reporter_place) == ("school", "Henk Talsma", "VO De Polderborg")
    assert Dossier.objects.count() == before and lines()["Pim Storm"] == "ontvangen"
    assert not Draft.objects.filter(form="portal.worry").exists()
    page = sign_in("yasmin").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Gestuurd door iemand die was aangemeld" in page and "Niemand heeft nagegaan" not in page


def test_advice_and_a_dossier_look_the_same_and_leave_the_page_on_the_same_day(cast, at):
    advised, handed = share(cast, "Pim Storm", at), share(cast, "Kas Veld", at)
    actions.advise(by=cast.principal("els"), at=at, concern=advised, decided_by=cast.staff["els"], advice="Bel oma.")
    hand_out(cast, handed, at)
    weeks = queries.weeks_kept(clock.today(at), "GM0303")
    for days, seen in ((1, "opgepakt"), (7 * weeks - 1, "opgepakt"), (7 * weeks + 1, None)):
        with clock.standing_at(at + dt.timedelta(days=days)):
            found = lines()
            assert (found.get("Pim Storm"), found.get("Kas Veld")) == (seen, seen), days
            actions.expire(at=clock.now())


def test_only_who_shared_it_reads_it_and_no_staff_page_opens(cast, at):
    place = Partner.objects.get(name="VO De Polderborg")
    actions.let_refer(by=cast.principal("els"), at=at, partner=place, username="trix", name="Trix Bos")
    assert lines("trix") == {}
    row = Concern.objects.get(persons__name="Lieke Vonk")
    for name in ("entry:concerns", "portal:home", "desk:day", "entry:partners"):
        assert sign_in("henk").get(reverse(name)).status_code == 404, name
    assert sign_in("henk").get(reverse("entry:concern", args=[row.pk])).status_code == 404
    for other in ("yasmin", "mirjam", "rob"):
        assert sign_in(other).get(HOME).status_code == 404, other


def test_sight_ends_with_the_role(cast, at):
    henk, (row, by) = sign_in("henk"), me(at=at)
    later = at + dt.timedelta(hours=1)
    with pytest.raises(NotAllowed):
        actions.end_referring(by=cast.principal("sanne"), at=later, referrer=row)
    page = sign_in("yasmin").post(reverse("entry:referrer_end", args=[row.pk]))
    assert page["Location"] == reverse("entry:partner", args=[row.place])
    assert henk.get(HOME).status_code == 302  # to sign in, where nobody lets him in
    assert not Relation.objects.filter(principal=row.pk, ends_at=None).exists()
    row.refresh_from_db()
    with clock.standing_at(at + dt.timedelta(days=2)):
        assert principal_for(row.account, at=clock.now(), assurance="substantial") is None
        with pytest.raises(NotAllowed):
            actions.share_worry(by=by, at=clock.now(), referrer=row, worry="x", persons=[])


def test_the_keepers_of_the_list_let_somebody_sign_in_once(cast):
    place = Partner.objects.get(name="Basisschool De Wilgen")
    address = reverse("entry:referrer_new", args=[place.pk])
    said = {"name": "Anja de Leeuw", "what": "intern begeleider", "username": "anja@wilgen.nl", "phone": ""}
    assert sign_in("sanne").get(address).status_code == 404
    assert sign_in("rob").post(address, said).status_code == 302
    taken = sign_in("rob").post(address, said).content.decode()
    assert "is al in gebruik" in taken and Referrer.objects.filter(place=place.pk).count() == 1
    assert "Anja de Leeuw" in sign_in("rob").get(reverse("entry:partner", args=[place.pk])).content.decode()
    assert "Sanne Bakker" in sign_in("anja@wilgen.nl").get(HOME).content.decode()


def test_a_flood_of_questions_stops_no_professional(cast, at, monkeypatch):
    monkeypatch.setattr(forms_of_the_web, "MOST_IN_AN_HOUR", 1)
    home = cast.organisation["jeugdteam"]
    by, ids = cast.principal("els"), iter([UUID(int=number) for number in range(1, 9)])
    send = {"by": by, "at": at, "organisation": home}
    actions.ask(**send, text="Hoe laat gaan kinderen naar bed?", form_key=next(ids))
    parent = Reporter(ReporterKind.PARENT, "Ria Vos", contact="06")
    school = Reporter(ReporterKind.SCHOOL, "Juf", "De Wilgen", "06")
    child = [Named(Part.CHILD, "Bo Vos")]
    actions.receive_from_form(**send, form_key=next(ids), reporter=parent, worry="Hulp", persons=child)
    actions.receive_from_form(
        **send, form_key=next(ids), reporter=school, worry="Hulp", persons=child, talked_on=clock.today(at)
    )
    assert share(cast, "Pim Storm", at).channel == Channel.WEB
