"""What can be done with applications, decisions, letters and mandates. Each action writes its event."""

from rondom.decisions.actions.applications import (
    Asked,
    ask_to_complete,
    completed,
    note_default,
    pause,
    postpone,
    register_application,
    resume,
    withdraw,
)
from rondom.decisions.actions.deciding import (
    Content,
    article_of,
    ask_back,
    ask_second,
    begin,
    change,
    change_budget,
    change_inquiry,
    drop,
    send_back,
    sign,
)
from rondom.decisions.actions.mandates import end_mandate, give_mandate
from rondom.decisions.actions.sending import (
    close_objection,
    expire,
    file_letter,
    file_notice,
    note_received,
    send_letter,
)

__all__ = [
    "Asked", "Content", "article_of", "ask_back", "ask_second", "ask_to_complete", "begin", "change", "change_budget",
    "change_inquiry", "close_objection", "completed", "drop", "end_mandate", "expire", "file_letter", "file_notice",
    "give_mandate", "note_default", "note_received", "pause",
    "postpone", "register_application", "resume", "send_back", "send_letter", "sign", "withdraw",
]  # fmt: skip
