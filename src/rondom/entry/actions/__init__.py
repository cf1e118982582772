"""What can be done in entry: with worries, with questions without a name, with referrals, and with who refers."""

from rondom.entry.actions.concerns import (
    FIRST_CONTACT,
    Known,
    Named,
    Reporter,
    advise,
    count_advice,
    destroy,
    expire,
    hand_out,
    join,
    judge,
    receive,
)
from rondom.entry.actions.partners import add_partner, set_contact
from rondom.entry.actions.questions import answer, ask, code_of, receive_from_form
from rondom.entry.actions.referrals import (
    Days,
    add_referral,
    ask_date,
    change_referral,
    end_referral,
    family_asks,
    register_referral,
    reopen_referral,
)
from rondom.entry.actions.signed_in import ask_for_family, end_referring, let_refer, share_worry

__all__ = [
    "FIRST_CONTACT", "Days", "Known", "Named", "Reporter", "add_partner", "add_referral", "advise", "answer", "ask",
    "ask_date", "ask_for_family", "change_referral", "code_of", "count_advice", "destroy", "end_referral",
    "end_referring", "expire", "family_asks", "hand_out", "join", "judge", "let_refer", "receive",
    "receive_from_form", "register_referral", "reopen_referral", "set_contact", "share_worry",
]  # fmt: skip
