"""Why a lesson was moved decides until when the office may be told: illness, injury and disaster leave seven days after it."""

from datetime import date

from django.utils.translation import gettext_lazy

from firms.errors import Refused
from firms.words.saying import said as _
from grants.models import Deadline
from grants.rules import change_notice

ORDINARY = "ordinary"
# 人材育成支援コース R8.8.3 0604イ(ハ)a, リスキリング支援コース R7.4.1 06: not where the firm or the trainee is to blame.
CHANGE_REASONS = {
    ORDINARY: gettext_lazy("日程などの都合（ふつうの変更）"),
    "illness": gettext_lazy("本人か講師の病気・けが（理由書を添える）"),
    "disaster": gettext_lazy("天災など、会社にも本人にも責任のない事情（理由書を添える）"),
}


def last_day_to_tell(row: Deadline, reason: str) -> date:
    """Only a lesson that was moved has a new day from which the seven days run."""
    if reason == ORDINARY:
        return row.last_on
    if not is_moved_lesson(row):
        raise Refused(_("病気や災害を理由に後から届け出られるのは、日時や場所を変えたコマだけです。"), field="reason")
    due = change_notice(row.event_on, row.event_on, reason=reason).due
    return max(row.last_on, due or row.last_on)


def is_moved_lesson(row: Deadline) -> bool:
    return row.subject.startswith("lesson-") and row.event != "removed"


def excused_until(row: Deadline) -> date | None:
    """Until when the notice can still be filed where illness or a disaster moved the lesson; None where that says nothing."""
    return last_day_to_tell(row, "illness") if is_moved_lesson(row) else None
