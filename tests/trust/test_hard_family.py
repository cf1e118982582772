"""The hard family, after the whole chain: everybody gets exactly what the rule says, from every page and every file.

Four children of two fathers, joint authority over two, a secret address, a 16-year-old with an own plan, a foster child
of another municipality. Each text of each row of the family is a canary that says whom it is about. Letters and filed
plans are made again after that, so they hold canaries too; the typesetter is left out and its words are kept as the
file, so that what stands inside a PDF is looked at as well.
"""

import json
import logging
import re

import pytest
from django.db import models
from django.urls import reverse

from rondom.core import typesetting
from rondom.core.errors import VoidByLaw
from rondom.decisions import letters
from rondom.decisions.enums import DecisionState
from rondom.decisions.models import Decision, DecisionLetter
from rondom.documents import store
from rondom.documents.letters import made
from rondom.documents.models import Document
from rondom.dossiers.queries import dossiers_for
from rondom.plans import actions as plans
from rondom.plans.filing import Filing, sheets_of
from rondom.plans.models import FamilyPlan, FiledPlan
from rondom.plans.resident import part_for
from rondom.plans.signers import signers_of
from rondom.plans.typesetting import written
from rondom.privacy.enums import Sight
from tests.decisions.conftest import Desk
from tests.trust.walking import Canaries, ask, model_of, principal, rows_of, sign_in, walked
from tests.whole import cast

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.slow]

CHILDREN = ("daan", "lot", "sem", "noor", "finn")
EVERYBODY = (*CHILDREN, "mirjam", "peter", "karim", "oma_visser")
RULES = {
    # who: (the rule, whom a text may be about for this reader to read it)
    "peter": ("authority over Lot (Jw 7.3.15, DOS-06); Daan decides himself from 16 (CNS-04)", {"lot", "peter"}),
    "karim": ("no authority, so nothing here; information on request is a letter (DOS-07)", set()),
    "mirjam": ("authority over Lot, Sem and Noor; Daan is 16, over Finn a foster mother has none (Jw 7.3.15)",
               {"lot", "sem", "noor", "mirjam"}),
    "daan": ("his own from 12, alone from 16 (Jw 7.3.5, 7.3.15); nothing of his sisters and brother", {"daan"}),
    "karin": ("Finn's own municipality is another controller: what is known here reaches it by transfer only", set()),
    "gerda": ("the back office of Finn's own municipality: nothing here was ordered for it to pay", set()),
    "fatima": ("another team: not even the row", set()),
    "esra": ("another family", set()),
}  # fmt: skip
THEIRS = {"peter": {"lot"}, "mirjam": {"lot", "sem"}, "daan": {"daan"}}
"""About whom each must read something: a page that shows nothing would pass the rest."""


@pytest.fixture
def hard(cast, at, monkeypatch):
    """The family after the chain, with canaries in every text and in every file; returns (cast, canaries by person)."""
    monkeypatch.setattr(typesetting, "pdf", lambda template, words: b"%PDF " + json.dumps(words).encode())
    _signed_by_all(cast, at)
    canaries = Canaries()
    for row in sorted(rows_of(cast.case["visser"]), key=lambda each: (each._meta.label, str(each.pk))):
        canaries.fill(_about(row, cast), {row})
    _files_anew(cast, at)
    return cast, canaries


def _signed_by_all(cast, at):
    """Every signature the law asks under the plan of the family, and the plan filed per child."""
    plan, sanne, me = FamilyPlan.objects.get(case=cast.case["visser"]), cast.principal("sanne"), cast.staff["sanne"]
    for who in ("mirjam", "peter", "daan"):
        by = principal(who, at)
        plans.answer_signature(by=by, at=at, plan=plan, signs=True, digest=part_for(by, plan, at=at).digest)
    sheets = [plans.Made(sheet, *written(sheet)) for sheet in plans.sheets_to_file(plan)]
    plans.file_signed(by=sanne, at=at, plan=plan, filed_by=me, made=sheets, keep=lambda content: store.keep([content]))


def _files_anew(cast, at):
    """Make every letter and every filed plan again from the rows as they read now."""
    for letter in DecisionLetter.objects.select_related("decision", "addressee", "document"):
        if letter.decision.dossier.youth in {cast.person[child] for child in CHILDREN}:
            _keep(letter.document, made(letters.letter_for(letter.decision, letter.addressee, at=at)[0])[0])
    for plan in FamilyPlan.objects.filter(case__in=[cast.case["visser"], cast.case["daan"]]):
        answers = list(plan.signatures.filter(state="signed").select_related("person"))
        rows = FiledPlan.objects.filter(plan=plan).select_related("document")
        filed = {frozenset(row.document.dossiers.values_list("youth", flat=True)): row.document for row in rows}
        for sheet in sheets_of(Filing(plan, answers, signers_of(plan, at.date()))):
            _keep(filed[frozenset(child.pk for child in sheet.children)], written(sheet)[0])


def _keep(document, content):
    document.blob, document.size, document.digest = store.keep([content])
    document.save(update_fields=["blob", "size", "digest"])


def _about(row, cast):
    """Return whom a row is about, as names with spaces between; "case" for what is about the whole family."""
    known = {person.pk: name for name, person in cast.person.items()}
    names = sorted(known.get(pk, "somebody") for pk in _persons(row))
    return " ".join(names) or "case"


def _persons(row):
    """Yield the ids of the persons a row is about: itself, who it concerns, or those of the row it hangs on."""
    if row._meta.label == "people.Person":
        return {row.pk}
    if hasattr(row, "concerns"):
        return set(row.concerns.values_list("pk", flat=True))
    found = set()
    for field in row._meta.concrete_fields:
        if isinstance(field, models.UUIDField) and field.name in HANGS_ON:
            found.add(getattr(row, field.name))
        value = getattr(row, field.name) if isinstance(field, models.ForeignKey) and field.name in HANGS_ON else None
        if value is not None:
            found |= {value.pk} if value._meta.label == "people.Person" else _persons(value)
    return found


HANGS_ON = frozenset(
    {
        "person", "child", "youth", "dossier", "goal", "finding", "document", "decision", "application", "allocation",
        "addressee", "about", "other", "note",
    }
)  # fmt: skip


def received(who, cast):
    """Return path -> bytes of everything somebody gets: by following links, and by guessing every address of it all."""
    client, found = sign_in(who), {}
    waiting = [*_guessed(who, cast), "/"]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith("/aanmelden/"):
            continue
        answer = ask(client, "GET", path)
        found[path] = answer.raw
        if answer.status == 200:
            links = re.findall(rb'(?:href|hx-get|src)="(/[^"#]*)"', answer.body)
            waiting += [link for link in map(bytes.decode, links) if not link.startswith("/static/")]
    return found


def _guessed(who, cast):
    """Yield an address for every row of the family: all of the portal and of files, one of each kind elsewhere."""
    rows = sorted(rows_of(cast.case["visser"]), key=lambda row: str(row.pk))
    for route in walked():
        if route.foreign or len(route.kwargs) != 1:
            continue
        model = model_of(route.kwargs[0])
        mine = [row.pk for row in rows if model and isinstance(row, model)]
        whole = route.name.startswith(("portal:", "documents:download", "allocations:", "exchange:"))
        for pk in mine if whole else mine[:1]:
            yield route.path({route.kwargs[0]: pk})


def read(canaries, pages):
    """Return (whom it is about, model.field, class) of every canary somebody read, with a path where it stands."""
    seen = {}
    for path, body in pages.items():
        for about, model, field, kind in canaries.seen_in(body):
            seen.setdefault((about, f"{model}.{field}", kind), path)
    return seen


FILES = ("/mijn/besluit/brief/", "/mijn/plan/ondertekend/")
OWN_FILES = {"mirjam": 3, "peter": 1, "daan": 3}
"""Mirjam: her letters about Lot and Sem, and the sheet of Lot. Peter: his letter about Lot; that sheet has a goal about
Mirjam. Daan: his letter, and the sheets about him of both plans."""


def _may(who, about, what, kind, path):
    """Tell whether the rule lets somebody read a canary there."""
    if kind == "whereabouts":  # the own address above the own letter, when nobody who lives there hides
        return who == about == "peter" and path.startswith(FILES[0])
    if path.startswith(FILES[1]) and what.startswith("people.Person."):
        return set(about.split()) <= RULES[who][1] | {"peter"}  # a sheet names who signs for the child on it
    return kind != "source" and set(about.split()) <= RULES[who][1]


@pytest.mark.parametrize("who", sorted(RULES))
def test_each_gets_exactly_what_the_rule_says(hard, caplog, who):
    cast, canaries = hard
    caplog.set_level(logging.DEBUG)
    pages = received(who, cast)
    seen = read(canaries, pages)
    wrong = [
        f"{path}: {what} about {about}"
        for (about, what, kind), path in seen.items()
        if not _may(who, about, what, kind, path)
    ]
    assert not wrong, f"{who} ({RULES[who][0]}):\n" + "\n".join(sorted(wrong))
    assert THEIRS.get(who, set()) <= {about for about, what, _kind in seen if what.startswith("decisions.")}
    inside = [path for path, raw in pages.items() if path.startswith(FILES) and b"%PDF " in raw]
    assert len(inside) == OWN_FILES.get(who, 0)
    assert not canaries.seen_in(caplog.text)


def test_the_signatures_are_those_the_law_names(cast, at, monkeypatch):
    """CNS-01: under 12 who has authority; CNS-04: from 16 the youth alone; a guardian outside is named on the sheet."""
    monkeypatch.setattr(typesetting, "pdf", lambda template, words: b"%PDF " + json.dumps(words).encode())
    _signed_by_all(cast, at)
    plan = FamilyPlan.objects.get(case=cast.case["visser"])
    people = {person.pk: name for name, person in cast.person.items()}
    signers = signers_of(plan, at.date())
    children = {people[child]: {people[pk] for pk in who} for child, who in signers.of_child.items()}
    assert children == {"lot": {"mirjam", "peter"}, "daan": {"daan"}, "finn": set()}
    assert signers.guardians == {cast.person["finn"].pk: ["Jeugdbescherming Polderland (GI)"]}
    own = FamilyPlan.objects.get(case=cast.case["daan"])
    assert [row.person for row in own.signatures.all()] == [cast.person["daan"]]


def test_for_a_foster_child_of_another_municipality_nothing_is_decided_or_ordered_here(cast, at):
    """Jw 1.1 and 2.3: the municipality that is responsible decides; the refusal says so, and no letter is made."""
    desk = Desk(cast, at)
    row = desk.prepare(desk.apply("finn", by=cast.person["mirjam"]))
    with pytest.raises(VoidByLaw) as refused:
        desk.ask(row)
    assert "andere gemeente" in str(refused.value.sentence)
    assert not Decision.objects.filter(dossier=cast.dossier["finn"], state__in=DecisionState.taken()).exists()
    for who in ("karin", "mirjam"):
        sight = Sight.RESIDENT if who == "mirjam" else Sight.ROW
        mine = dossiers_for(principal(who, at), at=at, sight=sight)
        assert cast.dossier["finn"] not in mine


BACK_OFFICE = frozenset(
    {
        "people.Person", "allocations.Allocation", "exchange.Message", "exchange.Assignment", "exchange.Delivery",
        "entry.Referral", "entry.Partner",
    }
)  # fmt: skip


def test_the_back_office_sees_names_and_orders_and_no_plan_decision_or_letter(hard):
    """Practice 11: product, volume, period and ground of what the municipality pays, in both its registries."""
    cast, canaries = hard
    seen = read(canaries, received("rob", cast))
    wrong = {what for (_about_, what, _kind) in seen if what.rpartition(".")[0] not in BACK_OFFICE}
    assert not wrong
    assert not [what for (_about_, what, kind) in seen if kind in ("whereabouts", "source")]
    ordered = {about.split()[0] for about, what, _kind in seen if what.startswith("allocations.")}
    assert {"lot", "sem", "daan"} >= ordered > set()


def test_an_invitation_shows_no_place_and_nobody_from_whom_another_hides(cast, at):
    """Somebody in the case lives at a secret address: no place on any page, and the other guests are not named."""
    for who in ("mirjam", "daan"):
        home = sign_in(who).get(reverse("portal:home")).content.decode()
        assert "Planbijeenkomst" in home and "Huis van de Gemeente" not in home
        for name in ("Truus", "Juf Anja", "Karim", "Peter"):
            assert name not in home
    for who in ("peter", "karim"):
        assert "Planbijeenkomst" not in sign_in(who).get(reverse("portal:home")).content.decode()


def test_no_file_of_the_family_says_where_it_lives(hard):
    cast, canaries = hard
    documents = Document.objects.filter(case__in=[cast.case["visser"], cast.case["daan"]])
    assert documents.count() > 8
    for document in documents:
        text = b"".join(store.read(document.blob)).decode("utf-8", "replace")
        shown = {kind for _about_, _model, _field, kind in canaries.seen_in(text)}
        assert shown <= {"personal"} | ({"whereabouts"} if _own_letter(document, cast) else set())
        assert "Zilvermeeuw" not in text


def _own_letter(document, cast):
    """A letter shows the own address of who it is for, when nobody who lives there hides: Peter's."""
    return DecisionLetter.objects.filter(document=document, addressee=cast.person["peter"]).exists()
