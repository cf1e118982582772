"""What can be done with a plan: make it with the family, have goals screened, sign, file, look back."""

from rondom.plans.actions.advising import ADVICE, Expert, Said, ask_advice, meet_limit, write_advice
from rondom.plans.actions.guarding import end_guardian, name_guardian, plan_meeting
from rondom.plans.actions.plan import (
    EVALUATION,
    HEAD,
    OF_A_GOAL,
    TALK,
    Answers,
    add_goal,
    add_line,
    agree,
    begin,
    change,
    change_goal,
    end_line,
    evaluate,
)
from rondom.plans.actions.screening import SCREENING, ask_screening, judge_goal
from rondom.plans.actions.signing import (
    Made,
    answer_signature,
    ask_signatures,
    file_signed,
    register_paper,
    sheets_to_file,
)
from rondom.plans.actions.telling import tell_finding, withdraw_finding
from rondom.plans.actions.writing import keep_writing, leave, share, take_over, throw_away

__all__ = [
    "ADVICE",
    "EVALUATION",
    "HEAD",
    "OF_A_GOAL",
    "SCREENING",
    "TALK",
    "Answers",
    "Expert",
    "Made",
    "Said",
    "add_goal",
    "add_line",
    "agree",
    "answer_signature",
    "ask_advice",
    "ask_screening",
    "ask_signatures",
    "begin",
    "change",
    "change_goal",
    "end_guardian",
    "end_line",
    "evaluate",
    "file_signed",
    "judge_goal",
    "keep_writing",
    "leave",
    "meet_limit",
    "name_guardian",
    "plan_meeting",
    "register_paper",
    "share",
    "sheets_to_file",
    "take_over",
    "tell_finding",
    "throw_away",
    "withdraw_finding",
    "write_advice",
]  # fmt: skip
