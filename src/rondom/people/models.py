"""Persons and the dated facts about them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.core.fields import EncryptedTextField
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.people import enums

YOUTH_HELP = {"purpose": "youth help", "ground": "Jw 7.4.0; Jw 7.2.1", "retention": "youth_help"}


class Person(Record):
    """One human being known to one municipality; adult or child, with or without BSN, unborn too (C03, BSN-03)."""

    first_names = models.CharField(_("first names"), max_length=120, blank=True)
    called = models.CharField(_("called"), max_length=60, blank=True)
    name_prefix = models.CharField(_("prefix"), max_length=20, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=enums.Sex, default=enums.Sex.UNKNOWN)
    bsn = EncryptedTextField(_("BSN"), purpose="bsn", null=True, blank=True)
    bsn_index = models.BinaryField(max_length=16, null=True, editable=False)
    bsn_source = models.CharField(_("source of BSN"), max_length=20, choices=enums.FactSource, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=40, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["municipality", "bsn_index"],
                condition=Q(bsn_index__isnull=False),
                name="people_person_one_per_bsn",
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "born_on"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = (
            "first_names", "called", "name_prefix", "family_name", "born_on", "expected_on", "died_on", "sex",
            "bsn", "bsn_index", "bsn_source", "interpreter", "merged_into",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"born_on": "coarse", "sex": "exact"}

    @property
    def name(self) -> str:
        """The name people use: called (or first) name, prefix, family name."""
        parts = [self.called or self.first_names.partition(" ")[0], self.name_prefix, self.family_name]
        return " ".join(filter(None, parts)) or str(_("name unknown"))

    @property
    def short_name(self) -> str:
        """The called name alone, as cases are named by their children."""
        return self.called or self.first_names.partition(" ")[0] or str(_("baby"))

    @property
    def is_unborn(self) -> bool:
        """Expected, not born yet."""
        return self.born_on is None and self.expected_on is not None


class SearchToken(models.Model):
    """One normalised word of a person's name, for search by its beginning (`people.search`).

    The index carries pattern operators, so that PostgreSQL uses it for beginnings in every collation.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    municipality = models.CharField(max_length=6)
    token = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["municipality", "token"], name="people_token_begins", opclasses=["varchar_pattern_ops"] * 2
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id", "person")
        personal = ("token",)


class ContactPoint(Record, Dated):
    """A phone number or e-mail address, and whether it is safe to use."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=enums.ContactKind)
    value = EncryptedTextField(_("number or address"), purpose="contact")
    value_index = models.BinaryField(max_length=16, editable=False)
    safety = models.CharField(max_length=10, choices=enums.ContactSafety, default=enums.ContactSafety.ASK)
    remark = models.CharField(_("remark"), max_length=120, blank=True)

    class Meta(Dated.Meta):
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "value_index"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("person", "kind", "safety", "starts", "ends")
        personal = ("value", "value_index", "remark")


class Household(Record):
    """People who live together; not a case (practice 2). A child can be in two households part of the week."""

    remark = models.CharField(max_length=120, blank=True)

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("remark",)


class HouseholdMember(Record, Dated):
    """A person lives in a household during a period, in a part."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    part = models.CharField(max_length=20, choices=enums.HouseholdPart)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        whereabouts = ("household",)
        personal = ("person", "part", "starts", "ends")


class Kinship(Record):
    """`person` is parent, partner, sibling ... of `other`; drawn in the genogram."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kin")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kin_of")
    kind = models.CharField(max_length=20, choices=enums.KinshipKind)
    source = models.CharField(max_length=20, choices=enums.FactSource)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "other", "kind"], name="people_kinship_once"),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="people_kinship_not_self"),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("person", "other", "kind", "source")


class Authority(Record, Dated):
    """Somebody holds authority over a child during a period, as far as known, with the source (practice 14)."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authority")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="authority_over")
    holder_organisation = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=enums.AuthorityKind)
    source = models.CharField(max_length=20, choices=enums.FactSource)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(holder__isnull=False, holder_organisation="")
                | (Q(holder__isnull=True) & ~Q(holder_organisation="")),
                name="people_authority_one_holder",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("child", "holder", "holder_organisation", "kind", "source", "starts", "ends")


class Measure(Record, Dated):
    """A measure of child protection or probation over a child, with the body that executes it."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=30, choices=enums.MeasureKind)
    body = models.CharField(_("certified institution"), max_length=120)
    source = models.CharField(max_length=20, choices=enums.FactSource)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("child", "kind", "body", "source", "starts", "ends")
        release: ClassVar[dict[str, str]] = {"kind": "exact", "starts": "coarse", "ends": "coarse"}


class Representation(Record, Dated):
    """A legal representative or proxy other than by authority (CNS-05)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represented_by")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    kind = models.CharField(
        max_length=20,
        choices=enums.RepresentationKind,
    )
    source = models.CharField(max_length=20, choices=enums.FactSource)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("person", "representative", "kind", "source", "starts", "ends")


class Address(Record, Dated):
    """Where a person is registered, stays or gets post. Read only through `people.whereabouts`.

    `lines` is street, number, postcode and place, encrypted; `place_municipality` and `district` (wijk) are CBS codes.
    A secret address hides all of it, and everything that points to it. `postcode_index` is the blind index of the
    postcode, for the exact-key look-up outside one's scope; `in_investigation` is the mark of Wet BRP 2.26.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=12, choices=enums.AddressKind)
    lines = EncryptedTextField(_("address"), purpose="whereabouts")
    place_municipality = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=8, blank=True)
    secret = models.BooleanField(_("secret"), default=False)
    source = models.CharField(max_length=20, choices=enums.FactSource)
    in_investigation = models.BooleanField(_("under investigation"), default=False)
    postcode_index = models.BinaryField(max_length=16, null=True, editable=False)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ends__isnull=True), name="people_address_one_open_per_kind"
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        whereabouts = (
            "person", "kind", "lines", "place_municipality", "district", "secret", "source", "starts", "ends",
            "in_investigation", "postcode_index",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"place_municipality": "coarse", "district": "coarse"}


class SecrecyReason(Record):
    """Why an address was made secret or ordinary again, or why a colleague may see it; read by who holds the right."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="secrecy_reasons")
    act = models.CharField(max_length=10, choices=enums.SecrecyAct)
    reason = models.CharField(_("why"), max_length=200)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        whereabouts = ("person", "act", "reason", "said_by", "said_at")


class ResidenceFinding(Record, Dated):
    """Which municipality is responsible for a youth from a day (Jw 1.1 woonplaats), and what that rests on.

    `provisional`: the municipalities do not agree yet; help goes on meanwhile (WPB-18). `rules` and `explanation` are
    what the law room said at that moment, from the facts the finder could see. Written by `actions.find_residence`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residence_findings")
    place = models.CharField(_("responsible municipality"), max_length=6)
    source = models.CharField(max_length=20, choices=enums.ResidenceSource)
    evidence = models.CharField(_("what shows it"), max_length=200)
    provisional = models.BooleanField(_("provisional"), default=False)
    rules = models.JSONField(default=list)
    explanation = models.TextField(blank=True)
    found_by = models.UUIDField()

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 1.1; Jw 2.3", "youth_help"
        open = ("source", "provisional", "rules", "found_by")
        whereabouts = ("person", "place", "evidence", "explanation", "starts", "ends")


class NetworkTie(Record, Dated):
    """Somebody or something around a person: grandmother, swimming club, school; drawn in the ecogram."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="tied_to")
    label = models.CharField(_("who or what"), max_length=80)
    strength = models.CharField(max_length=10, choices=enums.TieStrength)
    can_do = models.CharField(_("what they can do"), max_length=200, blank=True)
    points_to_place = models.BooleanField(_("points to where someone lives"), default=False)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("person", "other", "strength", "starts", "ends")
        whereabouts = ("label", "can_do", "points_to_place")


class DuplicateCandidate(Record):
    """Two persons of one municipality who may be one human being; ruled on by a data steward, once.

    Found when a person is registered or corrected. A pair ruled different is not proposed again.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30, choices=enums.DuplicateReason)
    ruling = models.CharField(max_length=10, choices=enums.DuplicateRuling, default=enums.DuplicateRuling.OPEN)
    ruled_by = models.UUIDField(null=True)
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["one", "other"], name="people_duplicate_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="people_duplicate_pair_ordered"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "ruling"])]

    class Privacy:
        purpose, ground, retention = "accuracy", "AVG 5 lid 1 d", "youth_help"
        open = ("reason", "ruling", "ruled_at")
        personal = ("one", "other", "ruled_by")


class Merge(Record):
    """Two rows of one human being were made one: what moved, so that it can be undone (AVG 5 lid 1 d).

    `moved` lists [row kind, row id, column] of the rows that went from `gone` to `kept`; `filled` names the identity
    fields that `kept` took over because it had none. No values: the row `gone` still holds its own.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=list)
    filled = models.JSONField(default=list)
    reason = models.CharField(_("why these are one person"), max_length=200)
    merged_by = models.UUIDField()
    merged_at = models.DateTimeField()
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Privacy:
        purpose, ground, retention = "accuracy", "AVG 5 lid 1 d", "youth_help"
        open = ("merged_at", "undone_at")
        personal = ("kept", "gone", "moved", "filled", "reason", "merged_by", "undone_by")


class KnownElsewhereRequest(Record):
    """A colleague asked with an exact key whether somebody outside their scope is known; the case decides.

    The asker gets the same sentence for hit and miss, and a row is kept for both, so that neither the answer, nor the
    time it takes, nor the number of rows tells. `person` is empty for a miss.
    """

    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    key_kind = models.CharField(max_length=20, choices=enums.ExactKey)
    reason = models.CharField(_("why do you ask?"), max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="asked_for")
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(_("what was done"), max_length=20, choices=enums.ElsewhereAnswer, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["asked_by", "asked_at"])]

    class Privacy:
        purpose, ground, retention = "accountability", "AVG 5; Jw 7.4.0", "log"
        open = ("asked_at", "key_kind", "answered_at", "answer")
        personal = ("asked_by", "reason", "person", "answered_by")
