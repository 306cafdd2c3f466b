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


class RevisionState(TextChoices):
    """A change a college wants to a listed course."""

    OPEN = "open", _("確認待ち")
    ACCEPTED = "accepted", _("反映済み")
    RETURNED = "returned", _("差戻し")
    TAKEN_BACK = "taken_back", _("取下げ")


class EnrolmentState(TextChoices):
    REQUESTED = "requested", _("企業の承認待ち")
    APPLIED = "applied", _("抽選・選考待ち")
    WAITLISTED = "waitlisted", _("キャンセル待ち")
    OFFERED = "offered", _("繰上げの返事待ち")
    ACCEPTED = "accepted", _("受講決定")
    COMPLETED = "completed", _("修了")
    NOT_COMPLETED = "not_completed", _("未修了")
    DECLINED = "declined", _("企業が見送り")
    REJECTED = "rejected", _("選ばれず")
    CANCELLED = "cancelled", _("取消")


class ImportState(TextChoices):
    """A file of attendance: looked at, written whole, taken back whole."""

    READING = "reading", _("読取り中")
    READY = "ready", _("確認待ち")
    BROKEN = "broken", _("読み取れない")
    WRITING = "writing", _("書込み中")
    WRITTEN = "written", _("書込み済み")
    UNDOING = "undoing", _("取消し中")
    UNDONE = "undone", _("取り消した")
    DROPPED = "dropped", _("書き込まずに終了")


class InvoiceState(TextChoices):
    ISSUED = "issued", _("発行済み")
    PAID = "paid", _("入金済み")
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
    RevisionState: {
        RevisionState.OPEN: frozenset({RevisionState.ACCEPTED, RevisionState.RETURNED, RevisionState.TAKEN_BACK}),
        RevisionState.ACCEPTED: frozenset(),
        RevisionState.RETURNED: frozenset(),
        RevisionState.TAKEN_BACK: frozenset(),
    },
    EnrolmentState: {
        EnrolmentState.REQUESTED: frozenset(
            {
                EnrolmentState.APPLIED,
                EnrolmentState.ACCEPTED,
                EnrolmentState.WAITLISTED,
                EnrolmentState.DECLINED,
                EnrolmentState.CANCELLED,
            }
        ),
        EnrolmentState.APPLIED: frozenset(
            {
                EnrolmentState.ACCEPTED,
                EnrolmentState.WAITLISTED,
                EnrolmentState.REJECTED,
                EnrolmentState.CANCELLED,
            }
        ),
        # A place in the queue ends with the run's first day: REJECTED.
        EnrolmentState.WAITLISTED: frozenset(
            {EnrolmentState.OFFERED, EnrolmentState.ACCEPTED, EnrolmentState.REJECTED, EnrolmentState.CANCELLED}
        ),
        # An offer nobody answers in time goes on to the next; who let it pass stands at the end of the queue again no more.
        EnrolmentState.OFFERED: frozenset({EnrolmentState.ACCEPTED, EnrolmentState.CANCELLED}),
        EnrolmentState.ACCEPTED: frozenset(
            {EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED, EnrolmentState.CANCELLED}
        ),
        # A late mark or a corrected one may change what was decided.
        EnrolmentState.COMPLETED: frozenset({EnrolmentState.NOT_COMPLETED}),
        EnrolmentState.NOT_COMPLETED: frozenset({EnrolmentState.COMPLETED}),
        EnrolmentState.DECLINED: frozenset(),
        EnrolmentState.REJECTED: frozenset(),
        EnrolmentState.CANCELLED: frozenset(),
    },
    ImportState: {
        ImportState.READING: frozenset({ImportState.READY, ImportState.BROKEN}),
        ImportState.READY: frozenset({ImportState.WRITING, ImportState.DROPPED}),
        ImportState.BROKEN: frozenset(),
        # Somebody marked meanwhile: the file is looked at again.
        ImportState.WRITING: frozenset({ImportState.WRITTEN, ImportState.READY}),
        ImportState.WRITTEN: frozenset({ImportState.UNDOING}),
        ImportState.UNDOING: frozenset({ImportState.UNDONE, ImportState.WRITTEN}),
        ImportState.UNDONE: frozenset(),
        ImportState.DROPPED: frozenset(),
    },
    InvoiceState: {
        InvoiceState.ISSUED: frozenset({InvoiceState.PAID, InvoiceState.CANCELLED}),
        InvoiceState.PAID: frozenset(),
        InvoiceState.CANCELLED: frozenset(),
    },
}

# Taking part, or having taken part to the end: whose minutes count.
SEATED = (EnrolmentState.ACCEPTED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
# Whose seat nobody else can have.
HOLDING_SEAT = (*SEATED, EnrolmentState.OFFERED)
# Whether they completed is said.
DECIDED = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
# Over before it came to anything: nothing is promised to these any more.
GAVE_UP = (EnrolmentState.DECLINED, EnrolmentState.REJECTED, EnrolmentState.CANCELLED)
# States that still want something from the run; one person holds one such enrolment in a run.
OPEN_ENROLMENTS = (
    EnrolmentState.REQUESTED,
    EnrolmentState.APPLIED,
    EnrolmentState.WAITLISTED,
    EnrolmentState.OFFERED,
    EnrolmentState.ACCEPTED,
)
