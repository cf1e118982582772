"""Kinds of fact about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """Sex as registered (iJw COD046)."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    OTHER = "9", _("not specified")


class FactSource(models.TextChoices):
    """Where a fact comes from; the register is thinner than hoped (practice 14)."""

    REGISTER = "register", _("population register")
    DERIVED = "derived", _("derived by law")
    DECLARED = "declared", _("declared by a person")
    COURT = "court", _("court order")
    UNKNOWN = "unknown", _("unknown")


class AuthorityKind(models.TextChoices):
    """Who holds authority over a minor (BW 1:245 and on)."""

    JOINT = "joint", _("joint authority of both parents")
    SOLE = "sole", _("authority of one parent")
    WITH_PARTNER = "with_partner", _("joint authority of a parent and another person")
    GUARDIAN = "guardian", _("guardianship of a person")
    GUARDIAN_GI = "guardian_gi", _("guardianship of a certified institution")


class MeasureKind(models.TextChoices):
    """Measures of child protection and probation."""

    SUPERVISION = "supervision", _("supervision order (OTS)")
    PROVISIONAL_SUPERVISION = "provisional_supervision", _("provisional supervision order (VOTS)")
    OUT_OF_HOME = "out_of_home", _("out-of-home placement authorization")
    SECURE = "secure", _("authorization for secure youth care")
    PROBATION = "probation", _("youth probation")


class KinshipKind(models.TextChoices):
    """How `person` stands to `other`."""

    PARENT = "parent", _("parent of")
    STEP_PARENT = "step_parent", _("step-parent of")
    FOSTER_PARENT = "foster_parent", _("foster parent of")
    PARTNER = "partner", _("partner of")
    EX_PARTNER = "ex_partner", _("ex-partner of")
    SIBLING = "sibling", _("brother or sister of")
    GRANDPARENT = "grandparent", _("grandparent of")
    OTHER = "other", _("other relative of")


class TieStrength(models.TextChoices):
    """How a network tie feels, in the family's own view."""

    STRONG = "strong", _("strong")
    ORDINARY = "ordinary", _("ordinary")
    WEAK = "weak", _("weak")
    TENSE = "tense", _("tense")
    BROKEN = "broken", _("no contact")


class AddressKind(models.TextChoices):
    """What an address is to a person."""

    REGISTERED = "registered", _("registered address")
    STAY = "stay", _("place of stay")
    POST = "post", _("postal address")


class ContactSafety(models.TextChoices):
    """May this number or address be used? A wrong call can be dangerous."""

    SAFE = "safe", _("safe to use")
    ASK = "ask", _("ask first")
    UNSAFE = "unsafe", _("do not use")


class HouseholdPart(models.TextChoices):
    """A person's part in a household."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child")
    PART_TIME_CHILD = "part_time_child", _("child, part of the week")
    FOSTER_CHILD = "foster_child", _("foster child")


class ContactKind(models.TextChoices):
    """How somebody can be reached."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")


class RepresentationKind(models.TextChoices):
    """Who speaks for somebody, other than by authority; the order is the order of the law (CNS-05)."""

    CURATOR = "curator", _("curator")
    MENTOR = "mentor", _("mentor")
    PROXY = "proxy", _("written proxy")


class AddressPurpose(models.TextChoices):
    """What somebody needs an address for; kept with every look."""

    LETTER = "letter", _("to send a letter")
    VISIT = "visit", _("to visit the family")
    RESIDENCE = "residence", _("to find the responsible municipality")
    ORDER = "order", _("to order help from a provider")
    CRISIS = "crisis", _("somebody may be in danger now")
    CORRECTION = "correction", _("to check or correct it")
    WORK = "work", _("shown on the page of this person")


class SecrecyAct(models.TextChoices):
    """What was done about a secret address, with a reason that is kept."""

    KEPT = "kept", _("made secret")
    LIFTED = "lifted", _("made ordinary again")
    RIGHT = "right", _("a colleague may see it for a time")


class Derived(models.TextChoices):
    """What points to a place without being an address."""

    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    SCHOOL = "school", _("school")
    PROVIDER_LOCATION = "provider_location", _("location of a provider")
    DISTANCE = "distance", _("distance")
    MUNICIPALITY = "municipality", _("municipality")
    HOUSEHOLD = "household", _("household")
    NETWORK = "network", _("network")


class DuplicateReason(models.TextChoices):
    """Why two persons are proposed as one."""

    SAME_BIRTH = "same_birth", _("same date of birth, names alike")
    TURNED_BIRTH = "turned_birth", _("same name, digits of the date of birth turned")


class DuplicateRuling(models.TextChoices):
    """What a data steward said of a proposed pair."""

    OPEN = "open", _("not looked at")
    SAME = "same", _("one person")
    DIFFERENT = "different", _("two persons")


class ExactKey(models.TextChoices):
    """What is enough to ask about somebody outside one's scope."""

    BSN = "bsn", _("BSN")
    NAME_BIRTH_POSTCODE = "name_birth_postcode", _("family name, date of birth and postcode")


class ElsewhereAnswer(models.TextChoices):
    """What who works with the family did with a question of a colleague outside it."""

    CONTACTED = "contacted", _("I got in touch with my colleague")
    NOT_CONTACTED = "not_contacted", _("I did not get in touch: there was no good reason to share")


class ResidenceSource(models.TextChoices):
    """What a finding about the responsible municipality rests on (WPB-16, WPB-18)."""

    LAW = "law", _("it follows from the law and the facts that are known")
    REGISTER = "register", _("looked up in the population register")
    AGREED = "agreed", _("agreed with the other municipality")
    RULING = "ruling", _("advice of the disputes committee for the social domain")
