"""What each role is, in words for who awards it, and which roles do not go together.

The pages behind a role stand at their doors (`staff_door(Role...)`); these texts say the same to people. A role sees a
family only through a relation: the role alone opens no dossier.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role


@dataclass(frozen=True)
class RoleText:
    """A role in plain words: what it is, what it allows, what it does not.

    privileged   two people award it: one asks, another confirms
    near_families  works with or on families; never together with awarding roles
    """

    explains: Any
    may: tuple[Any, ...]
    may_not: tuple[Any, ...]
    privileged: bool = False
    near_families: bool = True


ROLES: dict[str, RoleText] = {
    Role.CASE_WORKER: RoleText(
        _("Works with families of the own team."),
        (
            _("open and write in dossiers of families that are handed out to them"),
            _("open another family of the team with a stated reason; the family can see it"),
            _("use emergency access when a child is in danger; somebody else judges it afterwards"),
        ),
        (_("see families of other teams"), _("let staff in or award roles")),
    ),
    Role.TEAM_LEAD: RoleText(
        _("Leads a team: who does what, and where it is too much."),
        (_("see which families are with the team and hand them out"), _("take over when a colleague is absent")),
        (_("open a dossier without working on it or stating a reason"), _("award roles")),
    ),
    Role.PROCESS_COORDINATOR: RoleText(
        _("Is called in when help gets stuck, and helps it on."),
        (_("open the families for which they are asked"), _("bring people and organisations to the table")),
        (_("open other families without a stated reason"), _("award roles")),
    ),
    Role.FRONT_OFFICE: RoleText(
        _("Answers who calls, mails or comes in, and decides whether advice is enough."),
        (
            _("write down a question or worry, and count an advice"),
            _("look at what waits, judge it, and end it with advice"),
            _("answer a question that came without a name"),
        ),
        (_("hand a worry out to a team: that is for the team lead"), _("open a family or a dossier"), _("award roles")),
    ),
    Role.BACK_OFFICE: RoleText(
        _("Takes care of decisions, orders, messages and claims."),
        (
            _("see product, volume, period and ground of the help that the municipality pays"),
            _("register help that came through a doctor, the court or a certified institution"),
        ),
        (_("read a plan, a conversation or a safety assessment"), _("award roles")),
    ),
    Role.JURIST: RoleText(
        _("Owns the words of our letters and decisions."),
        (
            _("propose new words for a letter, and put what a colleague proposed in use"),
            _("see how a letter reads, filled in with an example"),
        ),
        (_("put own words in use: a colleague reads along"), _("see any family"), _("award roles")),
    ),
    Role.DATA_STEWARD: RoleText(
        _("Keeps the registration of persons right."),
        (_("judge whether two registered persons are the same, and merge them"),),
        (_("read what is in a dossier"), _("award roles")),
        privileged=True,
    ),
    Role.PRIVACY_OFFICER: RoleText(
        _("Watches over who looks where, and why."),
        (_("read the log of looks"), _("judge emergency access afterwards"), _("approve that a dossier is destroyed")),
        (_("write in a dossier"), _("award roles")),
        privileged=True,
    ),
    Role.POLICY_MAKER: RoleText(
        _("Makes policy with figures, and answers for them."),
        (_("see figures of the own municipality, and beside them what others published"),),
        (_("see any family, or counts so small that they point at somebody"), _("award roles")),
    ),
    Role.CRISIS_DESK: RoleText(
        _("Keeps the crisis register of the region, at its coordination point."),
        (
            _("bring lines into the register of the own region, and withdraw one that should not be there"),
            _("read its internal figures, close what does not fit with a reason, and freeze a quarter"),
        ),
        (_("see any family, or the register of another region"), _("award roles")),
    ),
    Role.FUNCTIONAL_ADMINISTRATOR: RoleText(
        _("Lets staff in and awards roles."),
        (
            _("add organisations, teams and staff"),
            _("award and end roles; for weighty roles a second administrator confirms"),
            _("renew a lost password or second factor"),
            _("connect a system of an organisation we know, with a key"),
        ),
        (_("see any family"), _("hold another role beside this one")),
        privileged=True,
        near_families=False,
    ),
}


def clash(role: str, others: frozenset[str]) -> bool:
    """Tell whether a role cannot be held beside the others: who awards roles holds no other role (trust, section 1)."""
    administrator = Role.FUNCTIONAL_ADMINISTRATOR
    return bool(others - {role}) and (role == administrator or administrator in others)
