"""Our books, read from the messages kept, say what the books in memory say: one play, both asked at every step."""

import datetime as dt
import itertools

import pytest

from rondom.core import clock
from rondom.exchange import actions, post, queries
from rondom.exchange.books import OurBooks, OurOutside
from rondom.exchange.enums import Direction, State
from rondom.exchange.models import Message
from rondom.messages.books import Books
from rondom.messages.checking import check, table
from rondom.messages.checking import judge as rules_broken
from rondom.messages.judging import Case
from rondom.messages.writing import written
from tests.exchange.asking import forget_messages
from tests.exchange.ends import AGB, US, Ends
from tests.messages import samples
from tests.messages.samples import (
    asked,
    assigned,
    day,
    jw301_good,
    jw305_good,
    jw307_good,
    jw315_good,
    jw317_good,
    jw319_good,
    start,
    stop,
)

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
OUT = ("JW301", "JW319")


class Play:
    """Both books beside each other: what one is told, the other is told."""

    def __init__(self, ends, cast, monkeypatch):
        self.ends, self.cast = ends, cast
        self.books, self.numbers = Books(), itertools.count(1)

    def _named(self, name, content, child):
        header = content.Header.but(
            Afzender=US if name in OUT else AGB, Ontvanger=AGB if name in OUT else US,
            BerichtIdentificatie=content.Header.BerichtIdentificatie.but(Identificatie=f"P{next(self.numbers)}"),
        )  # fmt: skip
        content = content.but(Header=header)
        if name == "JW319":
            return content
        return content.but(Client=content.Client.but(Bsn=self.cast.person[child].bsn))

    def out(self, name, content, child="julia"):
        """We send, and both books take it."""
        content = self._named(name, content, child)
        actions.put_out(
            by=post.machine("messages", self.cast.dossier["julia"].municipality), at=self.ends.at,
            municipality=self.cast.dossier["julia"].municipality,
            kept=actions.keep([written(samples.message(name), content)]), about=[self.cast.dossier[child]],
        )  # fmt: skip
        self.ends.work()
        Message.objects.filter(name="JW301", state=State.SENT).update(state=State.ACCEPTED)  # a next one waits for that
        self.books.take(samples.message(name), content)

    def come(self, name, content, child="julia", identification=""):
        """The provider sends: return the codes both say, and let it be taken in."""
        content = self._named(name, content, child)
        if identification:
            own = content.Header.BerichtIdentificatie.but(Identificatie=identification)
            content = content.but(Header=content.Header.but(BerichtIdentificatie=own))
        message, place = samples.message(name), self.cast.dossier["julia"].municipality
        ours = OurBooks(place, AGB, bsns=[content.Client.Bsn])
        outside = OurOutside(place, AGB, clock.today(self.ends.at))
        said = [
            {one.rule for one in rules_broken(Case(message, content, earlier=each, outside=outside), levels=(3, 4))}
            for each in (self.books, ours)
        ]  # fmt: skip
        assert said[0] == said[1], (name, said)
        before = list(Message.objects.values_list("pk", flat=True))
        self.ends.drop(written(message, content))
        self.ends.work()
        row = Message.objects.filter(name=name, direction=Direction.IN).exclude(pk__in=before).get()
        codes = sorted(table()[rule].code for rule in said[0])
        assert row.state == (State.REJECTED if codes else State.ACCEPTED)
        answer = check(queries.content_of(row.answered_by.get())).reading.content
        assert sorted(actions.judged(actions._kept(row), place, at=self.ends.at, but=row.pk).codes) == codes
        assert (answer.Header.RetourCodes is None) == (not codes)
        if not codes:
            self.books.take(message, content)
        self.ends.at += dt.timedelta(minutes=1)
        return codes


@pytest.fixture
def play(cast, at, tmp_path, settings, monkeypatch):
    settings.RONDOM_EXCHANGE = tmp_path
    forget_messages()
    return Play(Ends(tmp_path, at), cast, monkeypatch)


@pytest.mark.slow
def test_both_books_say_the_same_of_a_long_exchange(play):
    assert play.come("JW305", jw305_good()) == ["9019"]
    play.out("JW301", jw301_good())
    assert play.come("JW305", jw305_good()) == []
    assert play.come("JW305", jw305_good()) == ["9074"]
    assert play.come("JW305", jw305_good(start(Begindatum=day("2024-04-12")))) == ["9326"]
    assert play.come("JW307", jw307_good(stop(Begindatum=day("2024-04-11")))) == ["9069"]
    assert play.come("JW307", jw307_good(stop(RedenBeeindiging="20"))) == []
    assert play.come("JW307", jw307_good(stop(RedenBeeindiging="20", Einddatum=day("2024-05-02")))) == ["9413"]
    assert play.come("JW305", jw305_good(start(StatusAanlevering="3"))) == ["9071"]
    assert play.come("JW315", jw315_good()) == []
    assert play.come("JW315", jw315_good()) == ["9347", "9374"]
    assert play.come("JW315", jw315_good(asked("V-2"))) == ["9374"]
    play.out("JW319", jw319_good("V-1", "2", None))
    assert play.come("JW315", jw315_good(asked("V-2"))) == ["9374"]
    play.out("JW319", jw319_good("V-1", "1", "2"))
    assert play.come("JW317", jw317_good(stay=())) == ["9349"]
    assert play.come("JW317", jw317_good(stay=(samples.SECOND, 999))) == ["9350"]
    assert play.come("JW317", jw317_good(), child="esra") == ["8187", "9350", "9351"]
    assert play.come("JW317", jw317_good()) == []
    play.out("JW301", jw301_good(*(assigned(number, ReferentieAanbieder="W-1") for number in (samples.NUMBER,))))
    assert play.come("JW315", jw315_good(asked("V-3"))) == []
    assert play.come("JW305", jw305_good(start(Begindatum=day("2024-05-03"))), identification="P3") == ["9056"]


def test_what_the_provider_rejected_or_never_got_is_not_in_our_books(play):
    play.out("JW301", jw301_good())
    bsn, place = play.cast.person["julia"].bsn, play.cast.dossier["julia"].municipality
    assert OurBooks(place, AGB, bsns=[bsn]).assignment(samples.NUMBER)
    for state, known in ((State.READY, False), (State.REJECTED, False), (State.ACCEPTED, True)):
        Message.objects.filter(name="JW301").update(state=state)
        assert (OurBooks(place, AGB, bsns=[bsn]).assignment(samples.NUMBER) is not None) is known
    Message.objects.filter(name="JW301").update(state=State.READY)
    assert OurBooks(place, AGB, bsns=[bsn], made=True).assignment(samples.NUMBER)  # our own next message knows it
    assert OurBooks(place, "99999999", bsns=[bsn]).assignment(samples.NUMBER) is None


def test_lists_and_rates_say_only_what_is_known(cast, at):
    outside = OurOutside(cast.dossier["julia"].municipality, AGB, clock.today(at))
    assert outside.municipality_exists("0303", clock.today(at)) is True
    assert outside.municipality_exists("9999", clock.today(at)) is False
    assert outside.product_fits("45", "45A04", at.date()) is True
    assert outside.product_fits("44", "45A04", at.date()) is False
    assert outside.product_fits("45", "XXXXX", at.date()) is None
    assert outside.price("45", "45A04", clock.today(at)).cents == 131
    assert outside.price("54", "54D01", clock.today(at)) is None
