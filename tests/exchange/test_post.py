"""Messages come and go: from both ends over two folders, and everything that can be wrong with one."""

import datetime as dt
import json
import os

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.models import Event
from rondom.documents import jobs, store
from rondom.exchange import actions, checks, post, queries, standstill
from rondom.exchange.enums import State, Trouble
from rondom.exchange.models import Message, MessageDossier
from rondom.messages.checking import check
from rondom.messages.transport import IN, KEPT, OUT, REFUSED
from rondom.messages.writing import written
from tests.exchange.asking import forget_messages
from tests.exchange.ends import AGB, BY_THEM, BY_US, Ends, text
from tests.messages import samples
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    forget_messages()
    return Ends(tmp_path, at)


@pytest.fixture
def julia(cast):
    return cast.person["julia"].bsn


def one(**found):
    return Message.objects.get(**found)


def header_of(row):
    return check(queries.content_of(row)).reading.content.Header


def test_an_order_and_a_start_played_from_both_ends(ends, julia, cast):
    order = ends.put_out(text(BY_US, julia, "O1", dated=DAY))
    assert (ends.work(), ends.carry()) == (1, ["JW301"])
    order.refresh_from_db()
    assert (order.state, order.sent_at) == (State.SENT, ends.at)
    assert [done.message for done in ends.provider()] == ["JW301"]
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY), at=ends.ours)
    assert ends.carry() == ["JW302"]
    assert ends.work() == 3  # the return message and the start came, the answer to the start went
    assert ends.carry() == ["JW306"]
    assert [(done.message, done.answer) for done in ends.provider()] == [("JW306", "")]
    order.refresh_from_db()
    start = one(name="JW305")
    assert (order.state, start.state) == (State.ACCEPTED, State.ACCEPTED)
    assert {(row.name, row.answers_id) for row in Message.objects.exclude(answers=None)} == {
        ("JW302", order.pk), ("JW306", start.pk),
    }  # fmt: skip
    assert set(MessageDossier.objects.values_list("dossier", flat=True)) == {cast.dossier["julia"].pk}
    assert MessageDossier.objects.count() == 4
    assert ends.work() == 0
    assert list(checks.messages()) == []


def test_what_came_is_kept_unaltered(ends, julia):
    content = text(BY_THEM, julia, "S1", dated=DAY).replace(b"\r\n", b"\n")
    ends.drop(content)
    ends.work()
    row = one(name="JW305")
    assert queries.content_of(row) == content
    assert store.digest_of(row.blob) == (row.size, row.digest)
    assert content not in store.path_of(row.blob).read_bytes()
    assert ends.lies(IN) == []
    assert (ends.ours.root / KEPT / ends.lies(KEPT)[0]).read_bytes() == content
    jobs.sweep(at=ends.at)
    store.sweep(store.owned(), older_than=-10)
    assert queries.content_of(row) == content


def test_the_same_message_twice_is_in_our_books_once_and_answered_once(ends, julia):
    content = text(BY_THEM, julia, "S1", dated=DAY)
    ends.drop(content, "a.xml")
    ends.drop(content, "b.xml")
    ends.work()
    ends.drop(content, "c.xml")
    ends.work()
    assert (Message.objects.filter(name="JW305").count(), ends.lies(IN)) == (1, [])
    assert (len(ends.lies(OUT)), len(ends.lies(KEPT))) == (1, 1)
    assert Event.objects.filter(kind="exchange.message_came_again").count() == 2


def test_the_same_identification_with_other_content_is_rejected(ends, julia):
    ends.drop(text("JW315", julia, "S1", dated=DAY))
    ends.work()
    ends.drop(text("JW315", julia, "S1", dated=DAY - dt.timedelta(days=1)))
    ends.work()
    first, second = Message.objects.filter(name="JW315").order_by("created_at")
    assert (first.state, second.state) == (State.ACCEPTED, State.REJECTED)
    answer = header_of(second.answered_by.get())
    assert answer.RetourCodes.RetourCode == ("9056",)
    other = text("JW307", julia, "S1", dated=DAY)  # of another kind it is another message
    ends.drop(other)
    ends.work()
    assert one(name="JW307").answered_by.get().state == State.SENT
    assert header_of(one(name="JW308")).RetourCodes.RetourCode == ("0200",)  # what it stops was never started


def test_tomorrow_is_rejected(ends, julia):
    ends.drop(text("JW315", julia, "S1", dated=DAY + dt.timedelta(days=9)))
    ends.work()
    assert header_of(one(name="JW316")).RetourCodes.RetourCode == ("8848",)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
BAD = {
    "not xml": (lambda good: b"Beste backoffice", Trouble.UNREADABLE, "StUF055"),
    "empty": (lambda good: b"", Trouble.UNREADABLE, "StUF055"),
    "truncated": (lambda good: good[:900], Trouble.UNREADABLE, "StUF055"),
    "wrong namespace": (lambda good: good.replace(b"ijw/3_2/jw305", b"ijw/3_9/jw305"), Trouble.UNREADABLE, "3_9"),
    "entity bomb": (lambda good: good.replace(b"?>", b"?>" + BOMB, 1), Trouble.UNREADABLE, "DOCTYPE"),
    "no such day": (lambda good: good.replace(b"2024-04-10", b"2024-06-31"), Trouble.FORMAT, "2024-06-31"),
    "for another": (lambda good: good.replace(b"0303", b"0171"), Trouble.FOR_ANOTHER, "voor 0171"),
    "30 MB": (lambda good: b"<" + b" " * 30 * 1024 * 1024, Trouble.TOO_LARGE, "25 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_in_is_kept_and_touches_nothing(ends, julia, name):
    spoil, trouble, said = BAD[name]
    content = spoil(text(BY_THEM, julia, "S1", dated=DAY))
    ends.drop(content)
    ends.work()
    row = one()
    assert (row.state, row.trouble) == (State.DEAD, trouble)
    assert row.sender == (AGB if AGB.encode() in content else "")
    assert (ends.lies(IN), ends.lies(OUT), ends.lies(KEPT)) == ([], [], [])
    reason, file = sorted(ends.lies(REFUSED))
    assert said in (ends.ours.root / REFUSED / reason).read_text()
    assert (ends.ours.root / REFUSED / file).read_bytes() == content
    assert store.digest_of(row.blob) == (len(content), row.digest)
    ends.drop(content)
    ends.work()
    assert (Message.objects.count(), ends.lies(IN), len(ends.lies(REFUSED))) == (1, [], 2)


def test_one_bad_file_does_not_keep_the_others_waiting(ends, julia, monkeypatch):
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY), "a.xml")
    ends.drop(text("JW307", julia, "S2", dated=DAY), "b.xml")
    judged = actions.judged

    def breaks(kept, *args, **kwargs):
        if kept.size == len(text(BY_THEM, julia, "S1", dated=DAY)):
            raise ZeroDivisionError
        return judged(kept, *args, **kwargs)

    monkeypatch.setattr(actions, "judged", breaks)
    ends.work()
    assert ends.lies(IN) == ["a.xml"]
    assert one(name="JW307").state == State.REJECTED


def test_a_return_message_that_comes_first_waits_for_its_original(ends, julia):
    order = text(BY_US, julia, "O1", dated=DAY)
    ends.drop(order, at=ends.theirs)
    ends.provider()
    ends.carry()
    ends.work()
    early = one(name="JW302")
    assert (early.state, early.answers) == (State.WAITING, None)
    made = ends.put_out(order)
    early.refresh_from_db()
    made.refresh_from_db()
    assert (early.state, early.answers_id, made.state) == (State.RECEIVED, made.pk, State.ACCEPTED)
    assert early.dossiers.exists()


def test_a_second_and_other_answer_is_reported(ends, julia):
    ends.put_out(text(BY_US, julia, "O1", dated=DAY))
    ends.work()
    ends.carry()
    ends.provider()
    answer = next((ends.theirs.root / OUT).glob("*.xml")).read_bytes()
    ends.carry()
    ends.work()
    ends.drop(answer.replace(b"2026-11-24</", b"2026-11-23</"), "again.xml")
    ends.work()
    assert sorted(Message.objects.filter(name="JW302").values_list("state", "trouble")) == [
        (State.DEAD, Trouble.OTHER_CONTENT), (State.RECEIVED, ""),
    ]  # fmt: skip
    assert one(name="JW301").state == State.ACCEPTED


def test_a_claim_is_never_granted_by_itself(ends, julia):
    ends.drop(text("JW323", julia, "C1", dated=DAY))
    ends.work()
    assert (one(name="JW323").state, ends.lies(OUT)) == (State.RECEIVED, [])
    content = check(text("JW323", julia, "C2", dated=DAY)).reading.content
    wrong = content.but(Declaratie=content.Declaratie.but(TotaalIngediendBedrag=samples.total(1)))
    ends.drop(written(samples.message("JW323"), wrong))
    ends.work()
    assert header_of(one(name="JW325")).RetourCodes.RetourCode == ("0001",)
    assert one(name="JW323", state=State.REJECTED).answered_by.get().state == State.SENT


def test_a_secret_address_never_leaves_by_itself(ends, cast, at):
    row = ends.put_out(text(BY_US, cast.person["lot"].bsn, "O1", dated=DAY))
    shielded = ends.put_out(text(BY_US, cast.person["roos"].bsn, "O2", dated=DAY))
    assert {row.trouble, shielded.trouble} == {Trouble.SECRET}
    assert (ends.work(), ends.lies(OUT)) == (0, [])
    by, me = cast.principal("rob"), cast.staff["rob"]
    with pytest.raises(BadInput):
        actions.try_again(by=by, at=at, message=row, staff=me)
    after = actions.try_again(by=by, at=at, message=row, staff=me, reason="Afgesproken met Sanne")
    assert (after.state, after.reason, after.handled_by) == (State.READY, "Afgesproken met Sanne", me)
    assert ends.work() == 1


def test_only_a_good_message_of_our_own_is_put_out_and_once(ends, julia):
    good = text(BY_US, julia, "O1", dated=DAY)
    ends.put_out(good)
    for wrong in (good, text(BY_THEM, julia, "S1", dated=DAY), good[:500], good.replace(b"0303", b"0171")):
        with pytest.raises(BadInput):
            ends.put_out(wrong)
    assert Message.objects.count() == 1


def test_what_cannot_be_sent_is_tried_five_times_and_then_stuck(ends, julia, cast, at, monkeypatch):
    row = ends.put_out(text(BY_US, julia, "O1", dated=DAY))
    with monkeypatch.context() as full:
        full.setattr("rondom.messages.transport._put", lambda *words: (_ for _ in ()).throw(OSError("full")))
        for _time in range(5):
            assert ends.work() == 0
    row.refresh_from_db()
    assert (row.state, row.trouble, row.attempts) == (State.DEAD, Trouble.NOT_SENT, 5)
    actions.try_again(by=cast.principal("rob"), at=at, message=row, staff=cast.staff["rob"])
    assert (ends.work(), ends.carry()) == (1, ["JW301"])


def test_a_damaged_content_is_stuck_at_once_and_check_names_it(ends, julia):
    row = ends.put_out(text(BY_US, julia, "O1", dated=DAY))
    path = store.path_of(row.blob)
    whole = path.read_bytes()
    try:
        path.write_bytes(whole[:-1])
        ends.work()
        row.refresh_from_db()
        assert (row.state, row.trouble) == (State.DEAD, Trouble.DAMAGED)
        assert [str(row.pk) in line for line in checks.messages()] == [True]
    finally:
        path.write_bytes(whole)  # the store outlives the test


def test_a_folder_others_may_write_to_is_named_and_not_used(ends, julia):
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY))
    (ends.ours.root / IN).chmod(0o777)
    assert ends.work() == 0
    assert len(ends.lies(IN)) == 1
    assert any("written to by others" in line for line in checks.messages())


def test_a_clerk_works_the_dead_letters(ends, julia, cast, at):
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY, receiver="0171"))
    ends.work()
    by, me, row = cast.principal("rob"), cast.staff["rob"], one()
    again = actions.try_again(by=by, at=at, message=row, staff=me)
    assert (again.state, again.trouble, ends.lies(OUT)) == (State.DEAD, Trouble.FOR_ANOTHER, [])
    with pytest.raises(NotAllowed):
        actions.put_aside(by=cast.principal("sanne"), at=at, message=row, staff=me, reason="Gebeld met hen")
    with pytest.raises(BadInput):
        actions.put_aside(by=by, at=at, message=row, staff=me, reason=" ")
    aside = actions.put_aside(by=by, at=at, message=row, staff=me, reason="Gebeld, voor Noordoostpolder")
    assert (aside.state, aside.trouble) == (State.ASIDE, Trouble.FOR_ANOTHER)
    with pytest.raises(BadInput):
        actions.put_aside(by=by, at=at, message=row, staff=me, reason="Nog een keer")
    assert clock.today(at) < queries.add_working_days(clock.today(at), queries.ANSWER_DAYS)


def test_no_bsn_and_no_name_stands_beside_the_content(ends, julia):
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY))
    ends.work()
    rows = json.dumps(list(Message.objects.values()), default=str)
    assert julia not in rows
    assert "Voorbeeld" not in rows
    assert julia not in "".join(ends.lies(KEPT) + ends.lies(OUT))
    assert AGB in rows


def test_the_files_beside_our_books_go_after_a_month(ends, julia):
    ends.drop(text(BY_THEM, julia, "S1", dated=DAY))
    ends.work()
    assert post.sweep(at=ends.at) == 0
    assert post.sweep(at=ends.at + dt.timedelta(days=31)) == 1


def test_a_file_that_is_not_taken_in_stands_on_the_page_with_what_to_do(ends, julia, cast, monkeypatch):
    ends.ours.prepare()
    path = ends.drop(text(BY_THEM, julia, "S1", dated=DAY), "start.xml")
    half = ends.drop(b"<half", "half.xml.part")
    page = reverse("exchange:messages")

    def broken(*_args, **_more):
        raise RuntimeError("kapot")

    with monkeypatch.context() as spoiled:
        spoiled.setattr(post, "take_in", broken)
        ends.work()
    assert standstill.of("GM0303", at=ends.at).files == ()  # a minute is no standstill
    long_ago = ends.at - dt.timedelta(hours=1)
    for each in (path, half):
        os.utime(each, (long_ago.timestamp(),) * 2)
    found = standstill.of("GM0303", at=ends.at).files
    assert {(one.name, one.is_message) for one in found} == {("start.xml", True), ("half.xml.part", False)}
    said = sign_in("rob").get(page).content.decode()
    assert "start.xml" in said
    assert "elke tien seconden opnieuw" in said
    ends.work()
    assert [one.name for one in standstill.of("GM0303", at=ends.at).files] == ["half.xml.part"]
    half.unlink()
    assert not standstill.of("GM0303", at=ends.at)
    (ends.ours.root / IN).chmod(0o777)
    assert "De map met berichten mag niet worden gebruikt" in sign_in("rob").get(page).content.decode()
