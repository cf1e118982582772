"""Messages over HTTPS: both ways with certificates of a test authority, and everything that can go wrong on the way."""

import base64
import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.exchange import actions, checks, post
from rondom.exchange.enums import State, Trouble
from rondom.exchange.models import Message
from rondom.messages import stuf, stuf_lines
from rondom.messages.opening import LARGEST
from rondom.messages.stuf import Choice, Envelope
from rondom.messages.stuf_hub import reference_of
from rondom.messages.stuf_listen import Listener
from rondom.messages.transport import IN, REFUSED
from tests.exchange.asking import forget_messages
from tests.exchange.ends import AGB, BY_THEM, BY_US, US, Ends, text
from tests.exchange.hub import Authority, TestHub, fault, lines_file, listening
from tests.trust.walking import sign_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.slow]
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path / "exchange"
    forget_messages()
    return Ends(tmp_path / "exchange", at)


@pytest.fixture
def hub(tmp_path, settings):
    made = TestHub(Authority(tmp_path))
    settings.RONDOM_STUF_FILE = str(lines_file(tmp_path, made))
    yield made
    made.close()


@pytest.fixture
def port(hub, ends, settings):
    lines = stuf_lines.read(settings.RONDOM_STUF_FILE)
    with listening(Listener(lines.listen, lines, settings.RONDOM_EXCHANGE)) as found:
        yield found


def order(ends, cast, identification="O1"):
    return ends.put_out(text(BY_US, cast.person["julia"].bsn, identification, dated=DAY))


def enveloped(payload, function=BY_THEM, *, reference=None, receiver=US, sender=AGB, answers=None):
    found = Envelope(function, sender, receiver, reference or uuid4(), payload, answers)
    return stuf.written(found, Choice(), at=dt.datetime.now(dt.UTC))


def start(cast, identification="S1", **more):
    return text(BY_THEM, cast.person["julia"].bsn, identification, dated=DAY, **more)


def settled(ends):
    """What came lies there long enough to be whole."""
    for path in (ends.ours.root / IN).iterdir():
        ends._age(path)


def test_an_order_goes_in_an_envelope_and_its_answer_comes_back(ends, hub, port, cast):
    row = order(ends, cast)
    assert ends.work() == 1
    (envelope,) = hub.got
    assert (envelope.function, envelope.sender, envelope.receiver, envelope.answers) == (BY_US, US, AGB, None)
    assert envelope.reference == reference_of(post.name_of(row))
    row.refresh_from_db()
    assert (row.state, ends.lies("out")) == (State.SENT, [])
    ends.drop(envelope.payload, at=ends.theirs)
    ends.provider()
    (answer,) = (ends.theirs.root / "out").glob("*.xml")
    back = enveloped(answer.read_bytes(), "JW302", answers=envelope.reference)
    assert hub.send(port, back) == (200, b"")
    settled(ends)
    ends.work()
    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_what_comes_is_answered_under_the_reference_it_came_with(ends, hub, port, cast):
    reference = uuid4()
    assert hub.send(port, enveloped(start(cast), reference=reference)) == (200, b"")
    settled(ends)
    assert ends.work() == 2
    (envelope,) = hub.got
    assert (envelope.function, envelope.sender, envelope.receiver) == ("JW306", US, AGB)
    assert envelope.answers == reference
    assert hub.send(port, enveloped(start(cast), reference=reference)) == (200, b"")  # it missed our 200
    settled(ends)
    ends.work()
    assert Message.objects.filter(name=BY_THEM).count() == 1 and len(hub.got) == 1


def test_a_hub_that_is_away_keeps_the_messages_waiting_and_counts_nothing(ends, hub, cast, monkeypatch, settings):
    monkeypatch.setattr("rondom.messages.stuf_hub.PATIENCE", 0.3)
    row = order(ends, cast)
    hub.says = lambda _hub, _envelope: (503, b"")
    assert ends.work() == 0
    hub.says = lambda _hub, _envelope: (0, b"")  # it took it, and never said so
    assert ends.work() == 0
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.READY, 0)
    hub.says = lambda _hub, _envelope: (200, b"")
    assert ends.work() == 1 and len({one.reference for one in hub.got}) == 1
    row.refresh_from_db()
    assert row.state == State.SENT
    hub.close()
    second = order(ends, cast, "O2")
    assert ends.work() == 0
    second.refresh_from_db()
    assert (second.state, second.attempts) == (State.READY, 0)


def test_what_the_hub_refuses_gets_stuck_at_once_with_its_words(ends, hub, cast):
    row = order(ends, cast)
    hub.says = lambda _hub, envelope: (200, fault("IB010", "geadresseerde niet aangesloten", envelope.reference))
    assert ends.work() == 0
    row.refresh_from_db()
    assert (row.state, row.trouble) == (State.DEAD, Trouble.NOT_SENT)
    words = (ends.ours.root / REFUSED / f"{post.name_of(row)}.txt").read_text("utf-8")
    assert words == "IB010: geadresseerde niet aangesloten\n"
    assert row.refusal == words.strip()
    rob = sign_in("rob")
    assert row.refusal in rob.get(reverse("exchange:messages")).content.decode()
    assert "contractbeheer om de juiste" in rob.get(reverse("exchange:message", args=[row.pk])).content.decode()
    actions.try_again(by=cast.principal("rob"), at=ends.at, message=row, staff=cast.staff["rob"])
    row.refresh_from_db()
    assert (row.state, row.refusal) == (State.READY, "")


def test_a_refusal_that_comes_later_gets_it_stuck_too(ends, hub, port, cast):
    row = order(ends, cast)
    ends.work()
    assert hub.send(port, fault("IB014", "niet valide", hub.got[0].reference)) == (200, b"")
    assert hub.send(port, fault("IB014", "niet valide", uuid4())) == (200, b"")  # about nothing of ours
    ends.work()
    row.refresh_from_db()
    assert (row.state, row.trouble, row.refusal) == (State.DEAD, Trouble.NOT_SENT, "IB014: niet valide")
    assert "IB014" in (ends.ours.root / REFUSED / f"{post.name_of(row)}.txt").read_text("utf-8")
    assert list((ends.ours.root / "stuf").glob("*.fault")) == []


def test_only_a_hub_its_authority_signed_is_believed(ends, hub, cast, tmp_path, settings):
    (tmp_path / "other").mkdir()
    stranger = TestHub(Authority(tmp_path / "other", "stranger"), "stranger")
    file = tmp_path / "stuf.toml"
    file.write_text(file.read_text("utf-8").replace(hub.address, stranger.address), "utf-8")
    row = order(ends, cast)
    assert ends.work() == 0 and stranger.got == []
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.READY, 0)
    stranger.close()


def test_nothing_is_taken_from_who_is_not_named(ends, hub, port, cast, tmp_path):
    good = enveloped(start(cast))
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other", "stranger").sign("stranger")
    provider = hub.authority.sign("provider")  # signed by the same authority, and not the hub
    assert hub.send(port, good, certificate="") == (0, b"")
    assert hub.send(port, good, certificate=stranger[0], key=stranger[1]) == (0, b"")
    assert hub.send(port, good, certificate=provider[0], key=provider[1])[0] == 403
    assert hub.send(port, enveloped(start(cast), receiver="0171"))[0] == 403
    assert hub.send(port, good, path="/")[0] in (0, 404)  # it may close before all was sent
    assert ends.lies(IN) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: b"rommel",
        lambda good: good.replace(b"?>", b"?><!DOCTYPE x>", 1),
        lambda good: good[:-30],
        lambda good: good.replace(b">73730001<", b">94940003<"),  # the envelope names another provider than the message
        lambda good: good.replace(b">JW305<", b">JW307<"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_goes_in(ends, hub, port, cast, spoil):
    status, answer = hub.send(port, spoil(enveloped(start(cast))))
    assert status == 400 and stuf.read(answer).code == "StUF055"
    assert ends.lies(IN) == [] and Message.objects.count() == 0


def test_what_is_too_large_or_cut_off_is_not_taken(ends, hub, port, cast):
    good = enveloped(start(cast))
    assert hub.send(port, good, length=LARGEST + 1)[0] in (0, 413)
    assert hub.send(port, b"", length="x")[0] == 413
    assert ends.lies(IN) == []


def test_a_message_that_cannot_be_read_is_a_clerks_work(ends, hub, port):
    assert hub.send(port, enveloped(b"<rommel/>"))[0] == 200
    settled(ends)
    ends.work()
    assert Message.objects.get().trouble == Trouble.UNREADABLE
    assert base64.b64encode(b"<rommel/>") not in b"".join(p.read_bytes() for p in (ends.ours.root / "stuf").iterdir())


def test_an_answer_to_what_came_along_another_way_gets_stuck(ends, hub, cast):
    ends.drop(start(cast))
    ends.work()
    row = Message.objects.get(name="JW306")
    assert (row.state, row.trouble, hub.got) == (State.DEAD, Trouble.NOT_SENT, [])


def test_a_file_of_lines_that_cannot_be_used_stops_everything_and_is_said(ends, hub, cast, settings):
    row = order(ends, cast)
    settings.RONDOM_STUF_FILE += ".weg"
    assert ends.work() == 0 and ends.lies("out") == []
    row.refresh_from_db()
    assert row.state == State.READY
    assert "stuf.toml.weg" in next(iter(checks.certificates()))


@pytest.mark.parametrize(("days", "said"), [(300, ""), (59, "in 59 days"), (6, "in 6 days"), (-1, "ended on")])
def test_a_certificate_is_asked_for_long_before_it_ends(hub, tmp_path, settings, days, said):
    settings.RONDOM_STUF_FILE = str(lines_file(tmp_path, hub, days=days))
    found = list(checks.certificates())
    assert (found == []) if not said else (len(found) == 1 and said in found[0] and "ours.pem" in found[0])


@pytest.mark.parametrize(
    ("days", "said"), [(300, ""), (59, "Een nieuw regelen duurt weken."), (-2, "Er gaat of komt geen bericht")]
)
def test_the_back_office_sees_on_its_page_that_a_certificate_ends(cast, hub, tmp_path, settings, days, said):
    settings.RONDOM_STUF_FILE = str(lines_file(tmp_path, hub, days=days))
    with clock.standing_at(dt.datetime.now(dt.UTC)):  # the authority of the tests knows no other clock
        page = sign_in("rob").get(reverse("exchange:messages")).content.decode()
    assert ("Een certificaat loopt af" in page, "ours.pem" in page) == (bool(said), bool(said))
    assert said in page


@pytest.mark.parametrize(
    "wrong", ['address = "http://x"', 'strange = "x"', 'certificate = "nergens.pem"', "hub = []", "[GM0171]", "x = ["]
)
def test_a_mistake_in_the_file_is_said(hub, tmp_path, settings, wrong):
    file = tmp_path / "stuf.toml"
    name = wrong.partition(" = ")[0]
    kept = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(name)]
    at_the_end = wrong.startswith("[")
    file.write_text("\n".join([*kept, wrong] if at_the_end else [kept[0], wrong, *kept[1:]]), "utf-8")
    assert list(checks.certificates())


def test_without_a_file_the_folder_is_the_way(ends, cast):
    order(ends, cast)
    ends.work()
    assert len(ends.lies("out")) == 1 and list(checks.certificates()) == []
