"""Parts of a plan as text: what a version keeps, what a signer is shown, what is filed. One way of saying each."""

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.core.words import date_words
from rondom.plans.models import Finding, Goal, PlanLine


def text_of(goal: Goal) -> str:
    """Return a goal as it reads now: the words and whose they are, how it is noticed, by when, who does what."""
    said = _("%(goal)s (said by %(who)s)") % {"goal": goal.text, "who": goal.said_by}
    by_when = [_("By %(day)s") % {"day": date_words(goal.due_on)}] if goal.due_on else []
    lines = [f"- {line.who}: {line.what} ({date_words(line.due_on)})" for line in live_lines(goal)]
    return "\n".join([said, *([goal.noticed_by] if goal.noticed_by else []), *by_when, *lines])


def live_lines(goal: Goal) -> Iterable[PlanLine]:
    """Return the lines of a goal that were not left out, by date."""
    return sorted((row for row in goal.lines.all() if row.dropped_on is None), key=lambda row: (row.due_on, row.pk))


def told_of(finding: Finding) -> str:
    """Return what was told: how it goes, the words, whose they are."""
    words = {"goes": finding.get_goes_display(), "text": finding.text, "who": finding.said_by}
    return _("%(goes)s: %(text)s (said by %(who)s)") % words


def digest_of(texts: Iterable[str]) -> str:
    """Return the SHA-256 of what somebody was shown, part by part."""
    found = hashlib.sha256()
    for text in texts:
        found.update(text.encode() + b"\0")
    return found.hexdigest()


def goal_digest(goal: Goal) -> str:
    """Return the digest of what a second person judges in a goal: the words, how it is noticed, by when."""
    return digest_of([goal.text, goal.noticed_by, str(goal.due_on or "")])
