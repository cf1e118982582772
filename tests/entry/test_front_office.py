"""The front office: looks at what waits, answers, counts; what needs more is handed out by somebody else."""

import pytest
from django.urls import reverse

from rondom.core.errors import NotAllowed
from rondom.entry import actions
from rondom.entry.models import AdviceCount, Concern, OpenQuestion
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_the_contact_desk_shows_what_waits_and_how_often_advice_was_enough(cast):
    loes = sign_in("loes")
    assert loes.get("/")["Location"] == reverse("entry:contact_desk")
    html = loes.get(reverse("entry:contact_desk")).content.decode()
    for waits in ("Teun Vink", "Lieke Vonk", "Mijn ouders maken elke avond ruzie"):
        assert waits in html
    before = AdviceCount.objects.count()
    counted = loes.post(reverse("entry:count"), {"asker": "parent", "channel": "phone"})
    assert counted["Location"] == reverse("entry:contact_desk") and AdviceCount.objects.count() == before + 1


def test_what_she_judged_waits_for_the_team(cast):
    loes, row = sign_in("loes"), Concern.objects.get(persons__name="Mees Willems")
    page = loes.get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Uitgeven aan een team" not in page and "Is er meer nodig?" in page
    said = {"problems": "one", "help": "one_form", "parents": "able", "safety_signal": "nee", "kind": "", "because": ""}
    assert loes.post(reverse("entry:concern", args=[row.pk]), said).status_code == 302
    html = loes.get(reverse("entry:contact_desk")).content.decode()
    assert html.index('id="judged"') < html.index("Mees Willems")
    assert loes.get(reverse("entry:hand_out", args=[row.pk])).status_code == 404
    assert sign_in("yasmin").get(reverse("entry:hand_out", args=[row.pk])).status_code == 200


def test_handing_out_is_refused_below_the_page_as_well(cast, at):
    row = Concern.objects.get(persons__name="Mees Willems")
    with pytest.raises(NotAllowed):
        actions.hand_out(
            by=cast.principal("loes"), at=at, concern=row, decided_by=cast.staff["loes"], team=cast.team["oost"],
            to=cast.staff["sanne"], people_=[], first_contact_by=at.date(), passed_on="x",
        )  # fmt: skip


def test_she_answers_a_question_without_a_name_and_opens_no_family(cast):
    loes, row = sign_in("loes"), OpenQuestion.objects.first()
    assert loes.post(reverse("entry:question", args=[row.pk]), {"answer": "Bel ons gerust."}).status_code == 302
    for page in ("desk:day", "desk:families", "desk:team", "entry:registrations", "entry:partners"):
        assert loes.get(reverse(page)).status_code == 404, page
    assert loes.get(reverse("desk:family", args=[cast.case["visser"].pk])).status_code == 404
