"""The desk of the back office for help past our triage: list, register, find the date, pass on what a family asks.

A registration gives no right to make contact: no phone, no address, no plan on these pages.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Table
from rondom.core.events import look
from rondom.core.why import from_kept
from rondom.core.words import date_words
from rondom.dossiers.doors import act_once, answered, done, form_page, tried
from rondom.dossiers.enums import DossierKind
from rondom.entry import actions, queries
from rondom.entry import registrations as found_among
from rondom.entry.enums import Channel, ReferralEnd, ReferrerKind, ReporterKind
from rondom.entry.following import steps_on
from rondom.entry.forms import FamilyAsksForm, ReferralChangeForm, ReferralEndForm, ReferralForm, RegistrationForm
from rondom.entry.models import Referral
from rondom.entry.rules import may_hear

back_office = staff_door(Role.BACK_OFFICE)
PAGE = 50
LISTS = (
    ("", gettext_lazy("All registrations")),
    ("datum-onbekend", gettext_lazy("Day of the referral not known")),
    ("te-laat", gettext_lazy("Too late")),
    ("geldig", gettext_lazy("Valid")),
    ("dossier", gettext_lazy("Became a dossier of a team")),
    ("afgesloten", gettext_lazy("Ended")),
)


def _pill(row: Referral) -> Pill:
    """Say what is known of the validity; not knowing the day is normal and asks nothing of anybody (practice 7)."""
    if row.ended_on is not None:
        return Pill(_("ended"))
    if row.kind not in ReferrerKind.doctors():
        return Pill(_("no term"))
    if row.referred_on is None:
        return Pill(_("day asked") if row.asked_on else _("day not known"))
    if row.registered_on is None:
        return Pill(_("not registered yet"))
    if row.valid is None:
        return Pill(_("no norm here"), "due")
    return Pill(_("valid"), "calm") if row.valid else Pill(_("too late"), "late")


@back_office
def registrations(request: Any) -> HttpResponse:
    """All children who get help past our triage, the newest first, with chips that narrow the list."""
    at, by = now(), request.principal
    chosen = request.GET.get("lijst", "")
    every = found_among.referrals_for(by, at=at)
    page = Paginator(found_among.narrowed(every, chosen), PAGE).get_page(request.GET.get("pagina"))
    look(
        by, "entry.registrations_shown", ground="registers this help", at=at,
        subjects=[("dossier", row.dossier_id) for row in page.object_list],
    )  # fmt: skip
    here = reverse("entry:registrations")
    context = {
        "chips": [
            Chip(label, f"{here}?lijst={key}" if key else here, on=key == chosen, count=_count(every, key))
            for key, label in LISTS
        ],
        "table": _table(page.object_list), "page": page, "chosen": chosen,
    }  # fmt: skip
    return render(request, "entry/registrations.html", context)


def _count(rows: Any, chosen: str) -> int:
    return int(found_among.narrowed(rows, chosen).count())


def _table(rows: Any) -> Table:
    columns = [_("Child"), _("Who referred"), _("Provider"), _("Reached us"), _("Referral")]
    lines = [
        [
            Cell(row.dossier.youth.name, reverse("entry:registration", args=[row.pk])),
            row.partner.name if row.partner else row.get_kind_display(),
            row.provider.name if row.provider else "–", date_words(row.received_on), _pill(row),
        ]
        for row in rows
    ]  # fmt: skip
    return Table(_("Registrations"), [Column(label) for label in columns], lines)


def _choices(by: Any, at: Any) -> dict[str, Any]:
    partners = list(found_among.partners_for(by, at=at, kinds=found_among.PRACTICES))
    return {"partners": partners, "providers": found_among.providers_to_choose(by)}


def _given(form: ReferralForm) -> dict[str, Any]:
    """Return what a form says of partner, provider and name, as objects."""
    said = form.cleaned_data
    return {
        "partner": form.partners.get(said["partner"]), "provider": form.providers.get(said["provider"]),
        "referrer_name": said["referrer_name"],
    }  # fmt: skip


def _days(form: ReferralForm) -> actions.Days:
    said = form.cleaned_data
    return actions.Days(said["received_on"], said["referred_on"], said["registered_on"], said["crisis"])


@back_office
def new(request: Any) -> HttpResponse:
    """Register a child that gets help through a doctor, a certified institution or the court."""
    at, by = now(), request.principal
    form = RegistrationForm(request.POST or None, initial={"received_on": today(at)}, **_choices(by, at))

    def act(said: dict[str, Any]) -> str:
        row = actions.register_referral(
            by=by, at=at, registered_by=staff_member(by), kind=ReferrerKind(said["kind"]), name=said["name"],
            born_on=said["born_on"], days=_days(form), **_given(form),
        )  # fmt: skip
        return done(request, _("Registered. Nobody makes contact."), reverse("entry:registration", args=[row.pk]))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        title=_("Register help through another route"),
        button=_("Register"),
        back=reverse("entry:registrations"),
        intro=_("Only that there is help, and through whom. No plan, no conversation, no contact with the family."),
    )


@back_office
def registration(request: Any, referral: UUID) -> HttpResponse:
    """One registration: who referred, to whom, whether it is valid and why, and whom the practice can call."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")
    contact = found_among.contact_of(row.partner, today(at))
    context = {
        "row": row, "pill": _pill(row), "facts": _facts(row), "once_key": once.fresh(), "contact": contact,
        "why": from_kept(_("Why?"), row.explanation) if row.explanation else None, "may_hear": may_hear(row.kind),
        "only_registers": row.dossier.kind == DossierKind.REGISTRATION_ONLY,
        "asked": found_among.asked_by_family(row.dossier), "others": found_among.others_of(row),
        "offers": steps_on(row),
        "ask": row.referred_on is None and row.asked_on is None and row.kind in ReferrerKind.doctors(),
    }  # fmt: skip
    return render(request, "entry/registration.html", context)


def _facts(row: Referral) -> list[Fact]:
    contract = found_among.contract_on(row)
    unknown = _("not known")
    facts = [
        Fact(_("Who referred"), row.get_kind_display()),
        Fact(_("Practice or organisation"), row.partner.name if row.partner else unknown),
        Fact(_("Name"), row.referrer_name or unknown),
        Fact(_("Reached us"), date_words(row.received_on)),
        Fact(_("Day of the referral"), date_words(row.referred_on) if row.referred_on else unknown),
        Fact(_("Provider"), row.provider.name if row.provider else unknown),
        Fact(_("Came to the provider"), date_words(row.registered_on) if row.registered_on else unknown),
    ]
    if row.provider:
        words = Pill(contract.number, "calm") if contract else Pill(_("no contract on that day"), "due")
        facts.append(Fact(_("Contract"), words))
    if row.ended_on:
        facts.append(Fact(_("Ended"), f"{date_words(row.ended_on)}, {row.get_ended_because_display()}"))
        facts += [Fact(_("In a few words"), row.ended_words)] if row.ended_words else []
    if row.crisis:
        facts.append(Fact(_("Crisis"), _("The help began before the referral.")))
    return facts


@back_office
def change(request: Any, referral: UUID) -> HttpResponse:
    """Write down what became known of a referral; its validity is asked again."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")
    initial = {
        "referred_on": row.referred_on, "registered_on": row.registered_on, "crisis": row.crisis,
        "partner": str(row.partner_id or ""), "provider": str(row.provider_id or ""),
        "referrer_name": row.referrer_name,
    }  # fmt: skip
    form = ReferralChangeForm(request.POST or None, initial=initial, **_choices(by, at))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        days = {name: said[name] for name in ("referred_on", "registered_on", "crisis")}

        def act() -> str:
            actions.change_referral(
                by=by, at=at, referral=row, changes={**days, **_given(form)}, opened_version=row.version
            )
            return done(request, _("Kept."), reverse("entry:registration", args=[row.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    return form_page(
        request,
        None,
        form,
        at,
        title=_("What is known by now"),
        button=_("Keep"),
        back=reverse("entry:registration", args=[row.pk]),
        intro=row.dossier.youth.name,
    )


@back_office
@require_POST
def date_asked(request: Any, referral: UUID) -> HttpResponse:
    """Note that the provider was asked for the day of the referral."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")

    def act() -> str:
        actions.ask_date(by=by, at=at, referral=row)
        return done(request, _("Noted that you asked."), reverse("entry:registration", args=[row.pk]))

    return act_once(request, act)


@back_office
def add(request: Any, referral: UUID) -> HttpResponse:
    """Add another referral for the same child: another provider, or a new one after a late one."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")
    form = ReferralForm(request.POST or None, initial={"received_on": today(at)}, **_choices(by, at))

    def act(said: dict[str, Any]) -> str:
        made = actions.add_referral(
            by=by, at=at, dossier=row.dossier, registered_by=staff_member(by),
            kind=ReferrerKind(said["kind"]), days=_days(form), **_given(form),
        )  # fmt: skip
        return done(request, _("Kept."), reverse("entry:registration", args=[made.pk]))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        title=_("Another referral"),
        button=_("Keep"),
        back=reverse("entry:registration", args=[row.pk]),
        intro=row.dossier.youth.name,
    )


@back_office
def end(request: Any, referral: UUID) -> HttpResponse:
    """End a referral: the help ended or never began, somebody took it back, or it was a mistake."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")
    form = ReferralEndForm(request.POST or None, initial={"ended_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.end_referral(
            by=by, at=at, referral=row, ended_on=said["ended_on"], because=ReferralEnd(said["because"]),
            words=said["words"],
        )  # fmt: skip
        return done(request, _("Ended."), reverse("entry:registration", args=[row.pk]))

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("End the registration"), button=_("End"), intro=row.dossier.youth.name,
        back=reverse("entry:registration", args=[row.pk]),
    )  # fmt: skip


@back_office
@require_POST
def reopen(request: Any, referral: UUID) -> HttpResponse:
    """Take the end of a referral back."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")

    def act() -> str:
        actions.reopen_referral(by=by, at=at, referral=row)
        return done(request, _("Open again."), reverse("entry:registration", args=[row.pk]))

    return act_once(request, act)


@back_office
def family_asks(request: Any, referral: UUID) -> HttpResponse:
    """Pass on that the family itself asks for help of a team; until then nobody makes contact."""
    at, by = now(), request.principal
    row = found_among.open_referral(by, referral, at=at, page="entry.registration_shown")
    form = FamilyAsksForm(request.POST or None, organisations=list(queries.receivers(row.municipality)))

    def act(said: dict[str, Any]) -> str:
        actions.family_asks(
            by=by, at=at, dossier=row.dossier, entered_by=staff_member(by), channel=Channel(said["channel"]),
            organisation=form.organisations[said["organisation"]], words=said["words"],
            asker=actions.Reporter(
                ReporterKind(said["asker_kind"]), said["asker_name"], contact=said["asker_contact"]
            ),
        )  # fmt: skip
        words = _("Passed on to triage. The registration becomes a dossier when a team takes it over.")
        return done(request, words, reverse("entry:registration", args=[row.pk]))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        title=_("The family asks for help itself"),
        button=_("Pass on to triage"),
        back=reverse("entry:registration", args=[row.pk]),
        intro=_(
            "Only when a parent or the young person asks it. A doctor or provider who finds it useful is not enough."
        ),
    )
