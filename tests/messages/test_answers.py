"""The answer to a message, row by row as the standard describes it (reference 9.3 and 9.4)."""

import datetime as dt
from typing import Any

import pytest
from lxml import etree

from rondom.messages.answering import NoAnswer, Signature, accepted, answer
from rondom.messages.checking import check, judge
from rondom.messages.judging import Case
from rondom.messages.writing import written
from tests.messages.making import SCHEMAS, schema
from tests.messages.samples import (
    GOOD,
    NUMBER,
    amount,
    asked,
    assigned,
    claimed,
    day,
    day_care_line,
    jw301_good,
    jw305_good,
    jw315_good,
    jw317_good,
    jw319_good,
    jw323_good,
    jw325_good,
    message,
    put,
    start,
    total,
)
from tests.messages.test_rules_beside import ASKED, ASSIGNED, CLAIMED, STARTED, World, books
from tests.messages.test_rules_inside import name_of

BY = Signature("R1", dt.date(2024, 5, 6), xsd=("1.0.2", "1.0.3"))


def answered(content: Any, before: tuple[Any, ...] | None = None, by: Signature = BY) -> tuple[str, Any]:
    """Return the name and content of the answer; what is written must pass our own check and the official schema."""
    beside = {} if before is None else {"earlier": books(*before), "outside": World()}
    case = Case(message(name_of(content)), content, **beside)
    levels = (2,) if before is None else (2, 3, 4)
    reply, made = answer(case.message, content, judge(case, levels), by)
    data = written(reply, made)
    assert check(data).ok, check(data)
    if SCHEMAS:
        assert schema(reply.name).validate(etree.fromstring(data)), schema(reply.name).error_log
    return reply.name, made


def verdict(group: Any) -> tuple[str, ...]:
    return group.RetourCodes.RetourCode if group.RetourCodes else ()


@pytest.mark.parametrize("name", ["JW301", "JW305", "JW307", "JW315", "JW317", "JW319"])
def test_a_good_message_is_answered_by_a_header_alone(name):
    forward = GOOD[name]()
    reply, made = answered(forward)
    assert reply == message(name).answer
    assert accepted(made)
    assert made.Header.BerichtCode == message(reply).code
    assert made.Header.BerichtIdentificatie == forward.Header.BerichtIdentificatie
    assert (made.Header.Afzender, made.Header.Ontvanger) == (forward.Header.Afzender, forward.Header.Ontvanger)
    assert made.Header.XsdVersie == forward.Header.XsdVersie
    assert (made.Header.IdentificatieRetour, made.Header.DagtekeningRetour) == ("R1", dt.date(2024, 5, 6))
    assert made.Header.XsdVersieRetour.BerichtXsdVersie == "1.0.3"


def test_level_2_gives_0001_in_the_header_and_nothing_else():
    _, made = answered(jw305_good(start(StatusAanlevering="2")))
    assert verdict(made.Header) == ("0001",)
    assert made.Header.XsltVersie is None
    assert made.Client is None
    assert not accepted(made)


def test_the_version_of_the_official_stylesheets_is_named_only_when_they_rejected():
    by = Signature("R1", dt.date(2024, 5, 6), xslt="2.10.5")
    assert answered(jw305_good(start(StatusAanlevering="2")), by=by)[1].Header.XsltVersie == "2.10.5"
    assert answered(jw305_good(), by=by)[1].Header.XsltVersie is None


def test_a_fault_in_the_header_gives_its_code_there_and_nothing_else():
    _, made = answered(jw305_good(dated=day("2024-06-04")), (ASSIGNED,))
    assert verdict(made.Header) == ("8848",)
    assert made.Client is None


def test_a_fault_in_a_class_copies_the_client_with_a_verdict_on_every_class():
    forward = jw305_good(start(StatusAanlevering="3"), start(Begindatum=day("2024-04-11")))
    _, made = answered(forward, (ASSIGNED,))
    assert verdict(made.Header) == ("0200",)
    assert verdict(made.Client) == ("0200",)
    deleted, delivered = made.Client.StartProducten.StartProduct
    assert verdict(deleted) == ("9063",)  # the example of IV028
    assert verdict(delivered) == ("0200",)
    assert tuple(deleted)[:-1] == tuple(forward.Client.StartProducten.StartProduct[0])
    assert made.Client.Naam == forward.Client.Naam


def test_several_codes_may_stand_on_one_class():
    _, made = answered(
        jw305_good(
            start(ToewijzingNummer=55, Begindatum=day("2024-04-12")),
            start(ToewijzingNummer=55, Begindatum=day("2024-04-13")),
        ),
        STARTED,
    )
    assert verdict(made.Header) == ("9056",)  # the header goes first: nothing else is said
    second = put(
        jw305_good(
            start(ToewijzingNummer=55, Begindatum=day("2024-04-12")),
            start(ToewijzingNummer=55, Begindatum=day("2024-04-13")),
        ),
        "Header/BerichtIdentificatie/Identificatie",
        "A2",
    )
    _, made = answered(second, STARTED)
    assert [verdict(one) for one in made.Client.StartProducten.StartProduct] == [("9019",), ("9019", "9326")]


def test_nested_classes_of_an_assignment_all_get_a_verdict():
    _, made = answered(
        put(jw301_good(assigned(ReferentieAanbieder="X")), "Header/BerichtIdentificatie/Identificatie", "A2"), ()
    )
    relation = made.Client.Relaties.Relatie[0]
    assert (
        verdict(relation) == verdict(relation.Contact) == verdict(made.Client.Contactgegevens.Contact[0]) == ("0200",)
    )
    assert verdict(made.Client.ToegewezenProducten.ToegewezenProduct[0]) == ("9379",)


def test_a_rule_on_the_whole_message_speaks_at_the_client():
    _, made = answered(jw315_good(asked("V-2"), identification="A2"), ASKED)
    assert verdict(made.Client) == ("9374",)
    assert verdict(made.Client.AangevraagdeProducten.AangevraagdProduct[0]) == ("0200",)


def test_the_answer_to_a_wish_and_to_an_answer():
    _, made = answered(jw317_good(stay=()), (ASSIGNED,))
    assert verdict(made.Client.Verzoek) == ("9349",)
    _, made = answered(jw319_good(), (ASSIGNED,))
    assert verdict(made.Antwoord) == ("9355",)


def test_return_messages_and_claim_answers_are_not_answered():
    reply, made = answered(jw305_good())
    for name, content in ((reply, made), ("JW325", jw325_good())):
        with pytest.raises(NoAnswer):
            answer(message(name), content, [], BY)


def test_a_claim_granted_in_full():
    claim = jw323_good()
    reply, made = answered(claim, (ASSIGNED,))
    assert reply == "JW325"
    assert (made.Header.Afzender, made.Header.Ontvanger) == (claim.Header.Ontvanger, claim.Header.Afzender)
    assert made.Header.DeclaratieIdentificatie == claim.Header.BerichtIdentificatie
    assert made.Header.XsdVersieDeclaratie == claim.Header.XsdVersie
    assert verdict(made.Header) == ("0200",)
    assert verdict(made.DeclaratieAntwoord) == ("8001",)
    assert made.DeclaratieAntwoord.TotaalToegekendBedrag == claim.Declaratie.TotaalIngediendBedrag
    assert made.DeclaratieAntwoord.Clienten is None


def test_a_claim_that_fails_on_level_2_or_in_its_header():
    _, made = answered(put(jw323_good(), "Declaratie/TotaalIngediendBedrag", total(1)))
    assert (verdict(made.Header), made.DeclaratieAntwoord) == (("0001",), None)
    _, made = answered(jw323_good(dated=day("2024-06-04")), (ASSIGNED,))
    assert (verdict(made.Header), made.DeclaratieAntwoord) == (("8848",), None)


def test_a_fault_in_the_claim_itself_rejects_all_of_it():
    month = {"identification": "A2", "number": "D1"}
    _, made = answered(jw323_good(claimed("R8", ToewijzingNummer=55), **month), CLAIMED)
    assert verdict(made.Header) == ("0200",)
    assert verdict(made.DeclaratieAntwoord) == ("9333",)
    assert made.DeclaratieAntwoord.TotaalToegekendBedrag == total(0)
    assert made.DeclaratieAntwoord.Clienten is None


def test_only_rejected_lines_are_shown_and_the_rest_is_granted():
    _, made = answered(jw323_good(claimed(), day_care_line("R2", ProductTarief=1)), (ASSIGNED,))
    found = made.DeclaratieAntwoord
    assert verdict(found) == ("0200",)
    assert found.TotaalToegekendBedrag == total(12 * 9000)
    (client,) = found.Clienten.Client
    assert verdict(client) == ("0200",)
    (line,) = client.Prestaties.Prestatie
    assert (line.ProductReferentie.ReferentieNummer, verdict(line)) == ("R2", ("9346",))


def test_a_line_wrong_on_level_3_does_not_hide_one_wrong_on_level_4():
    lines = (claimed(ToewijzingNummer=55), day_care_line("R2", IngediendBedrag=amount(1)))
    _, made = answered(jw323_good(*lines), (ASSIGNED,))
    shown = made.DeclaratieAntwoord.Clienten.Client[0].Prestaties.Prestatie
    assert [verdict(line) for line in shown] == [("9338",), ("9346",)]
    assert made.DeclaratieAntwoord.TotaalToegekendBedrag == total(0)


def test_an_unknown_client_has_its_code_and_all_its_lines_unjudged():
    _, made = answered(jw323_good(bsn="999900031"), (ASSIGNED,))
    (client,) = made.DeclaratieAntwoord.Clienten.Client
    assert verdict(client) == ("8187",)
    assert [verdict(line) for line in client.Prestaties.Prestatie] == [("0233",), ("0233",)]
    assert made.DeclaratieAntwoord.TotaalToegekendBedrag == total(0)


def test_a_net_credit_stays_a_credit_when_a_debit_line_is_rejected():
    from tests.messages.test_rules_beside import CREDIT, GRANTED

    lines = (CREDIT, claimed("R5", ToewijzingNummer=NUMBER, GeleverdVolume=11, IngediendBedrag=amount(99001)))
    _, made = answered(jw323_good(*lines, number="D2", identification="A2"), GRANTED)
    assert made.DeclaratieAntwoord.TotaalIngediendBedrag == total(8999, "C")
    assert made.DeclaratieAntwoord.TotaalToegekendBedrag == total(108000, "C")
