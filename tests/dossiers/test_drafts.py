"""Nothing typed is lost, and nothing typed turns up elsewhere: drafts on the server."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django import forms
from django.core import signing
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rondom.accounts.doors import staff_door
from rondom.core import clock, once
from rondom.core.errors import BadInput, NotFound
from rondom.core.models import OnceKey
from rondom.dossiers import actions, drafts
from rondom.dossiers.enums import Channel
from rondom.dossiers.models import CaseRole, Draft, Note
from rondom.privacy.enums import SubjectKind
from rondom.privacy.models import Relation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
FORM = "tests.note"
if FORM not in drafts.FORMS:
    drafts.FORMS.register(FORM, drafts.DraftForm("Note", lambda case: f"/tests/{case}/"))


class NoteForm(forms.Form):
    happened_on = forms.DateField()
    text = forms.CharField(widget=forms.Textarea)
    about = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    private = forms.BooleanField(required=False)
    scan = forms.FileField(required=False)


def binding(cast, name="sanne", case="visser", form=FORM):
    return drafts.bind(cast.principal(name), form=form, subject=cast.case[case].pk, anchor=cast.case[case])


def kept(cast, at, name="sanne", case="visser"):
    return drafts.load(cast.principal(name), form=FORM, subject=cast.case[case].pk, at=at)


def page(cast, method="get", data=None, name="sanne", case="visser", **kwargs):
    request = getattr(RequestFactory(), method)("/", data or {})
    request.principal = cast.principal(name)
    return drafts.form_with_draft(
        request, NoteForm, name=FORM, subject=cast.case[case].pk, anchor=cast.case[case], **kwargs
    )


@given(text=st.text(max_size=400), more=st.lists(st.text(max_size=30), max_size=4))
@example(text="=HYPERLINK(1)", more=["+1", "-1", "@x"])
@example(text="\r\n\x00 'n verhaal met <b>\U0001f469‍\U0001f467", more=[])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_typed(cast, at, text, more):
    values = {"text": [text, "x"], "=cmd": more}
    drafts.save(binding(cast), values, at=at)
    assert kept(cast, at).values == values


def test_one_draft_per_person_form_and_subject_the_last_one_counts(cast, at):
    for text in ("first", "second"):
        drafts.save(binding(cast), {"text": [text]}, at=at)
    assert Draft.objects.count() == 1
    assert kept(cast, at).values == {"text": ["second"]}


def test_a_draft_does_not_show_up_with_another_person_or_family(cast, at):
    drafts.save(binding(cast), {"text": ["about visser"]}, at=at)
    assert kept(cast, at, name="mark") is None
    assert kept(cast, at, case="yilmaz") is None


def test_the_text_is_not_in_the_database(cast, at):
    drafts.save(binding(cast), {"text": ["KANARIE-7731"]}, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM dossiers_draft")
        assert b"KANARIE" not in bytes(cursor.fetchone()[0])


def test_a_body_moved_to_another_row_cannot_be_read(cast, at):
    drafts.save(binding(cast), {"text": ["mine"]}, at=at)
    drafts.save(binding(cast, case="yilmaz"), {"text": ["other"]}, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM dossiers_draft WHERE subject = %s", [_raw(cast.case["visser"].pk)])
        body = cursor.fetchone()[0]
        cursor.execute("UPDATE dossiers_draft SET body = %s WHERE subject = %s", [body, _raw(cast.case["yilmaz"].pk)])
    assert kept(cast, at, case="yilmaz") is None
    assert kept(cast, at).values == {"text": ["mine"]}


def _raw(pk):
    return pk if connection.vendor == "postgresql" else pk.hex


def test_it_stays_closed_when_the_family_is_no_longer_in_sight(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    Relation.objects.filter(subject_kind=SubjectKind.CASE, principal=cast.staff["sanne"].pk).update(ends_at=at)
    assert kept(cast, at) is None
    assert drafts.mine(cast.principal("sanne"), at=at) == []


@pytest.mark.parametrize(("kind", "days"), [("staff", 14), ("resident", 7)])
def test_drafts_end_in_time(cast, at, kind, days):
    bound = binding(cast)
    object.__setattr__(bound, "owner_kind", kind)
    until = drafts.save(bound, {"text": ["typed"]}, at=at)
    assert until == at + dt.timedelta(days=days)
    assert kept(cast, until - dt.timedelta(seconds=1)) is not None
    assert kept(cast, until) is None
    assert drafts.expire(at=until - dt.timedelta(seconds=1)) == 0
    assert drafts.expire(at=until) == 1


def test_an_empty_form_keeps_nothing(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    drafts.save(binding(cast), {"text": ["  "], "private": []}, at=at)
    assert Draft.objects.count() == 0


def test_too_much_text_is_refused_with_a_sentence(cast, at):
    with pytest.raises(BadInput):
        drafts.save(binding(cast), {"text": ["x" * drafts.LARGEST]}, at=at)


def test_a_form_that_keeps_no_drafts_cannot_be_bound(cast):
    with pytest.raises(KeyError):
        drafts.bind(cast.principal("sanne"), form="tests.unknown", subject=uuid4())


def test_the_form_shows_what_was_typed_valid_or_not(cast, at):
    typed = QueryDict("happened_on=overmorgen&text=Moeder+belde&about=a&about=b&_once=x&csrfmiddlewaretoken=y")
    drafts.save(binding(cast), drafts.typed_values(typed), at=at)
    form, draft = page(cast)
    assert draft.restored
    shown = str(form)
    assert 'value="overmorgen"' in shown
    assert "Moeder belde" in shown
    assert shown.count("checked") + shown.count("selected") == 2
    assert "errorlist" not in shown
    assert set(json.loads(Draft.objects.get().body)) == {"happened_on", "text", "about"}


def post(cast, draft, **fields):
    data = {"_draft": draft.token, "_once": str(draft.once_key), "happened_on": "24-11-2026", "about": "a"}
    return page(cast, "post", data | fields)


def write(cast, text):
    sanne = cast.staff["sanne"]
    actions.write_note(
        by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], author=sanne, text=text,
        concerns=[cast.person["lot"]], channel=Channel.PHONE, happened_at=cast.at,
    )  # fmt: skip
    return "/elsewhere/"


def test_submitting_throws_the_draft_away_in_the_same_transaction(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    _, shown = page(cast)
    form, draft = post(cast, shown, text="typed")
    assert form.is_valid()
    assert draft.submit(lambda: write(cast, "typed")).url == "/elsewhere/"
    assert Draft.objects.count() == 0


def test_a_refused_act_leaves_the_draft(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    _, shown = page(cast)
    _, draft = post(cast, shown, text=" ")
    with pytest.raises(BadInput):
        draft.submit(lambda: write(cast, " "))
    assert kept(cast, at).values == {"text": ["typed"]}
    assert OnceKey.objects.count() == 0


def test_the_second_press_of_the_button_gets_the_first_answer(cast, at):
    _, shown = page(cast)
    before = Note.objects.count()
    for _ in range(2):
        _, draft = post(cast, shown, text="typed once")
        assert draft.submit(lambda: write(cast, "typed once")).url == "/elsewhere/"
    assert Note.objects.count() == before + 1


def test_a_late_autosave_does_not_bring_a_sent_text_back(cast, at):
    _, shown = page(cast)
    _, draft = post(cast, shown, text="sent")
    draft.submit(lambda: write(cast, "sent"))
    drafts.save(drafts.read_token(shown.token), {"text": ["sen"]}, at=at)
    assert drafts.mine(cast.principal("sanne"), at=at) == []
    assert kept(cast, at) is None
    assert Draft.objects.count() == 0


def test_the_version_first_opened_travels_with_the_text(cast, at):
    record = cast.case["visser"]
    _, first = page(cast, record=record)
    drafts.save(drafts.read_token(first.token), {"text": ["typed"]}, at=at)
    record.version += 1
    _, again = page(cast, record=record)
    assert again.opened_version == record.version - 1
    _, posted = post(cast, again, text="typed")
    assert posted.opened_version == record.version - 1


@pytest.fixture
def sanne_signed_in(cast, monkeypatch):
    from rondom.accounts import middleware

    monkeypatch.setattr(middleware, "principal_for", lambda *args, **kwargs: cast.principal("sanne"))
    client = Client(enforce_csrf_checks=False)
    client.force_login(cast.staff["sanne"].account)
    return client


def test_autosave_says_when_it_was_saved(cast, at, client, sanne_signed_in):
    token = binding(cast).token()
    with clock.standing_at(at):
        answer = sanne_signed_in.post(
            reverse("dossiers:draft"), {"_draft": token, "text": "Moeder belde"}, headers={"X-Rondom-Draft": "1"}
        )
    assert answer.status_code == 200
    assert "10.30" in answer.json()["sentence"]
    assert kept(cast, at).values == {"text": ["Moeder belde"]}


def test_without_script_the_button_saves_and_comes_back(cast, at, sanne_signed_in):
    address = reverse("dossiers:draft")
    posted = {"_draft": binding(cast).token(), "text": "typed", "_draft_action": "keep"}
    assert sanne_signed_in.post(address, posted).url == f"/tests/{cast.case['visser'].pk}/"
    assert kept(cast, at).values == {"text": ["typed"]}
    assert sanne_signed_in.post(address, posted | {"_draft_action": "discard"}).status_code == 302
    assert kept(cast, at) is None


def test_a_page_of_a_colleague_left_open_is_refused(cast, at, sanne_signed_in):
    token = binding(cast, name="fatima", case="kuiper").token()
    answer = sanne_signed_in.post(reverse("dossiers:draft"), {"_draft": token, "text": "typed"})
    assert answer.status_code == 404
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("token", ["", "forged", "signed"])
def test_a_forged_binding_is_refused(cast, client, token):
    token = signing.dumps(["a"], salt=drafts.SALT) if token == "signed" else token
    assert client.post(reverse("dossiers:draft"), {"_draft": token, "text": "x"}).status_code == 404


def test_a_binding_ends_after_a_day(cast, monkeypatch):
    token = binding(cast).token()
    drafts.read_token(token)
    monkeypatch.setattr(drafts, "PAGE_LIVES", dt.timedelta(seconds=-1))
    with pytest.raises(NotFound):
        drafts.read_token(token)


def test_text_sent_after_the_session_ended_is_there_after_signing_in(cast, at):
    @staff_door()
    def view(request):
        return HttpResponse("done")

    bound = binding(cast)
    request = RequestFactory().post("/tests/", {"_draft": bound.token(), "text": "typed for an hour"})
    request.principal = None
    answer = view(request)
    assert answer.status_code == 302
    assert answer.url.startswith("/aanmelden/")
    assert str(bound.subject) in answer.url
    assert kept(cast, at).values == {"text": ["typed for an hour"]}


def test_text_sent_with_an_expired_form_protection_is_kept(cast, at):
    request = RequestFactory().post("/tests/", {"_draft": binding(cast).token(), "text": "typed"})
    assert drafts.keep_posted(request) == f"/tests/{cast.case['visser'].pk}/"
    assert kept(cast, at).values == {"text": ["typed"]}


def test_drafts_about_a_family_are_found_for_copy_and_destruction(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    assert drafts.about([cast.case["visser"].pk]).count() == 1
    assert drafts.about([cast.case["yilmaz"].pk]).count() == 0


def test_keys_of_forms_are_forgotten_after_a_day(cast, at):
    OnceKey.objects.create(key=once.fresh(), owner=uuid4(), used_at=at)
    assert once.forget(at=at + dt.timedelta(hours=23)) == 0
    assert once.forget(at=at + dt.timedelta(hours=25)) == 1


def test_ended_role_closes_the_draft_through_the_real_action(cast, at):
    drafts.save(binding(cast), {"text": ["typed"]}, at=at)
    for role in CaseRole.objects.filter(case=cast.case["visser"], staff=cast.staff["sanne"], ends=None):
        actions.assign_role(
            by=cast.principal("mark"), at=at, case=cast.case["visser"], kind=role.kind, staff=cast.staff["mark"]
        )
    assert kept(cast, at) is None
