"""What is kept about people, in plain words: made from the declarations on the models, so it cannot fall behind."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core.declarations import field_privacy, our_models

PURPOSES: dict[str, Any] = {
    "youth help": _("To help: to know who you are, what is going on, what was agreed, and who does what."),
    "crisis coordination": _("To account for crisis help: how often it was needed, and whether there was a place."),
    "accuracy": _("To be right: that everybody stands here once, and that what we know of them is correct."),
    "accountability": _("To account for it: who looked, who changed something, and on which ground."),
    "operation": _("To work safely: who may sign in, and which team and role somebody has."),
    "purchase": _("To buy help: with whom contracts were made, and whom to ask there."),
    "retention": _("To throw away in time: what was destroyed, when, and who approved it."),
}
PERIODS: dict[str, Any] = {
    "youth_help": _(
        "20 years after the last change, because the Youth Act says so. You may ask to destroy it earlier."
    ),
    "log": _("5 years at least, so that you can look back."),
    "contract": _("As long as a contract runs and must be accounted for."),
    "staff": _("As long as somebody works here, and after that as long as the files that name them."),
    "installation": _("As long as this system is used."),
    "archive": _("As long as the Archives Act says."),
    "portal": _("As long as you can sign in here."),
    "draft": _("At most 14 days, or until it is saved."),
    "contact_record": _("Some weeks, when a worry needed no more than advice. Else as long as the file it led to."),
}


@dataclass(frozen=True)
class Purpose:
    """One purpose, the articles it rests on, and how long things are kept for it."""

    words: Any
    grounds: tuple[str, ...]
    periods: tuple[Any, ...]


def what_is_kept() -> list[Purpose]:
    """Return the purposes for which fields about people are kept, in the order of PURPOSES."""
    grounds: dict[str, set[str]] = {}
    periods: dict[str, set[str]] = {}
    for model in our_models():
        for answer in field_privacy(model):
            if answer.privacy_class == "open":
                continue
            articles = (article.strip() for article in answer.ground.split(";"))
            grounds.setdefault(answer.purpose, set()).update(articles)
            periods.setdefault(answer.purpose, set()).add(answer.retention)
    return [
        Purpose(words, tuple(sorted(grounds[key])), tuple(text for p, text in PERIODS.items() if p in periods[key]))
        for key, words in PURPOSES.items()
        if key in grounds
    ]
