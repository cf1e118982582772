"""What can be done with dossiers and cases. Each action writes its event; sight is given and ended here."""

from rondom.dossiers.actions.access import open_in_emergency, open_with_ground
from rondom.dossiers.actions.caseload import ask_move, cover, decide_move, end_cover
from rondom.dossiers.actions.clocks import (
    Why,
    ask_call_back,
    hand_clock,
    meet_clock,
    resume_clock,
    start_clock,
    stop_clock,
    suspend_clock,
)
from rondom.dossiers.actions.files import (
    FOLLOWS_CASE,
    add_adult,
    add_dossier,
    case_subjects,
    make_whole,
    open_case,
    open_dossier,
    relate_once,
    remove_adult,
    set_rhythm,
    touch,
)
from rondom.dossiers.actions.journal import change_note, correct_note, write_note
from rondom.dossiers.actions.life import close_case, reopen_case, take_on
from rondom.dossiers.actions.meetings import (
    Invited,
    answer_invitation,
    cancel_meeting,
    change_meeting,
    hold_meeting,
    invite,
    plan_meeting,
    write_answers,
)
from rondom.dossiers.actions.process import ask_process, decide_process, end_process, not_now
from rondom.dossiers.actions.roles import accept_handover, assign_role, end_handover, end_role, offer_role, withdraw
from rondom.dossiers.actions.sharing import give_consent, object_to_sharing

__all__ = [
    "FOLLOWS_CASE", "Invited", "Why", "accept_handover", "add_adult", "add_dossier", "answer_invitation",
    "ask_call_back", "ask_move", "ask_process", "assign_role", "cancel_meeting", "case_subjects", "change_meeting",
    "change_note", "close_case", "correct_note", "cover", "decide_move", "decide_process", "end_cover",
    "end_handover", "end_process", "end_role", "give_consent", "hand_clock", "hold_meeting", "invite", "make_whole",
    "meet_clock", "not_now", "object_to_sharing", "offer_role", "open_case", "open_dossier", "open_in_emergency",
    "open_with_ground", "plan_meeting", "relate_once", "remove_adult", "reopen_case", "resume_clock", "set_rhythm",
    "start_clock", "stop_clock", "suspend_clock", "take_on", "touch", "withdraw", "write_answers", "write_note",
]  # fmt: skip
