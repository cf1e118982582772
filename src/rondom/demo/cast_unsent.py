"""A mentor stopped in the middle of a worry: it waits on his page. A chapter: other tests begin without a draft."""

from rondom.accounts.models import Referrer
from rondom.demo.cast import Cast
from rondom.demo.cast_desk import moment
from rondom.demo.cast_entry import as_referrer
from rondom.dossiers import drafts


def add(cast: Cast) -> None:
    """Save what Henk typed yesterday."""
    row, late = Referrer.objects.get(account__username="henk"), moment(cast, -1, 16)
    drafts.save(
        drafts.bind(as_referrer(row, late), form="portal.worry", subject=row.pk),
        {
            "child_1": ["Noud Dekker"],
            "worry": ["Noud eet op school het brood van anderen op. Thuis is er vaak niets, zegt hij."],
        },
        at=late,
    )  # fmt: skip
