"""`{% term "coordinator" %}`: the local word for a role, team or plan.

    {% load words %}
    {% term "coordinator" %}                        casusregisseur
    {% term "coordinator" "plural" %}               casusregisseurs
    {% term "plan" "article" "capital" %}           Het gezinsplan
    {% term "coordinator" "article" as who %}{% blocktranslate %}{{ who }} calls you back.{% endblocktranslate %}

The word is the one of the municipality (and organisation) of who is signed in, today; the vocabulary is read once per
request. Without anybody signed in the word of Rondom itself is used.
"""

from typing import Any

from django import template

from rondom.core import clock
from rondom.reference import queries, vocabulary
from rondom.reference.vocabulary import Word

register = template.Library()
OPTIONS = frozenset({"plural", "article", "capital"})


@register.simple_tag(takes_context=True)
def term(context: Any, key: str, *options: str) -> str:
    """Say a word of the vocabulary; options: "plural", "article", "capital"."""
    vocabulary.find(key)
    wrong = set(options) - OPTIONS
    if wrong:
        raise template.TemplateSyntaxError(f"term knows plural, article and capital, not {sorted(wrong)}")
    word = _words(context.get("request"))[key]
    return word.say(plural="plural" in options, article="article" in options, capital="capital" in options)


def _words(request: Any) -> dict[str, Word]:
    by = getattr(request, "principal", None)
    if by is None:
        return {key: known.word for key, known in vocabulary.TERMS.items()}
    if not hasattr(request, "_rondom_words"):
        request._rondom_words = queries.words(by.municipality, organisation=by.organisation, on=clock.today())
    words: dict[str, Word] = request._rondom_words
    return words
