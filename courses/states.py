"""Every state of a course, a run and an enrolment, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseState(TextChoices):
    DRAFT = "draft", _("下書き")
    PROPOSED = "proposed", _("掲載申請中")
    LISTED = "listed", _("掲載中")
    WITHDRAWN = "withdrawn", _("掲載終了")


class RunState(TextChoices):
    PREPARING = "preparing", _("準備中")
    OPEN = "open", _("募集中")
    CANCELLED = "cancelled", _("中止")


class EnrolmentState(TextChoices):
    REQUESTED = "requested", _("企業の承認待ち")
    ACCEPTED = "accepted", _("受講決定")
    WAITLISTED = "waitlisted", _("キャンセル待ち")
    DECLINED = "declined", _("企業が見送り")
    CANCELLED = "cancelled", _("取消")


# From each state, the states it may become; the first state of each is where its objects start.
MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    CourseState: {
        CourseState.DRAFT: frozenset({CourseState.PROPOSED, CourseState.LISTED, CourseState.WITHDRAWN}),
        CourseState.PROPOSED: frozenset({CourseState.LISTED, CourseState.DRAFT}),
        CourseState.LISTED: frozenset({CourseState.WITHDRAWN}),
        CourseState.WITHDRAWN: frozenset({CourseState.LISTED}),
    },
    RunState: {
        RunState.PREPARING: frozenset({RunState.OPEN, RunState.CANCELLED}),
        RunState.OPEN: frozenset({RunState.CANCELLED}),
        RunState.CANCELLED: frozenset(),
    },
    EnrolmentState: {
        EnrolmentState.REQUESTED: frozenset(
            {
                EnrolmentState.ACCEPTED,
                EnrolmentState.WAITLISTED,
                EnrolmentState.DECLINED,
                EnrolmentState.CANCELLED,
            }
        ),
        EnrolmentState.WAITLISTED: frozenset({EnrolmentState.ACCEPTED, EnrolmentState.CANCELLED}),
        EnrolmentState.ACCEPTED: frozenset({EnrolmentState.CANCELLED}),
        EnrolmentState.DECLINED: frozenset(),
        EnrolmentState.CANCELLED: frozenset(),
    },
}

# States that still want something from the run; one person holds one such enrolment in a run.
OPEN_ENROLMENTS = (EnrolmentState.REQUESTED, EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED)
