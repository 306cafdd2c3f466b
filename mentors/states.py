"""Every state of an application, a request for a mentor, a session, a manual with its film, and a subsidy, and the moves between."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    DRAFT = "draft", _("作成中")
    SUBMITTED = "submitted", _("提出済み")
    RETURNED = "returned", _("差戻し")
    REVIEWING = "reviewing", _("審査中")
    PASSED = "passed", _("審査を通過・講習の修了待ち")
    CERTIFIED = "certified", _("認定")
    DECLINED = "declined", _("不認定")
    WITHDRAWN = "withdrawn", _("取下げ")


class RequestState(TextChoices):
    ASKED = "asked", _("相談中")
    PLANNED = "planned", _("マイスターの返事待ち")
    AGREED = "agreed", _("決定")
    CANCELLED = "cancelled", _("取下げ")


class SessionState(TextChoices):
    PLANNED = "planned", _("予定")
    LOGGED = "logged", _("記録済み・派遣先の確認待ち")
    CONFIRMED = "confirmed", _("確認済み")
    STANDS = "stands", _("派遣先の確認なしで確定")
    CANCELLED = "cancelled", _("中止")


class MoveState(TextChoices):
    ASKED = "asked", _("相手の返事待ち")
    AGREED = "agreed", _("変更した")
    DECLINED = "declined", _("変更しない")
    WITHDRAWN = "withdrawn", _("取下げ")


class FilmState(TextChoices):
    RECEIVING = "receiving", _("受信中")
    CHECKING = "checking", _("確認中")
    CLEAN = "clean", _("使える")
    REJECTED = "rejected", _("使えない")


class ManualState(TextChoices):
    DRAFT = "draft", _("下書き")
    REVIEWING = "reviewing", _("承認待ち")
    APPROVED = "approved", _("承認済み・公開前")
    PUBLISHED = "published", _("公開中")
    REPLACED = "replaced", _("旧版")
    WITHDRAWN = "withdrawn", _("取下げ")


class SubsidyState(TextChoices):
    DRAFT = "draft", _("作成中")
    APPLIED = "applied", _("申請済み")
    DECIDED = "decided", _("交付決定")
    REFUSED = "refused", _("不交付")
    REPORTED = "reported", _("実績報告済み")
    FIXED = "fixed", _("額の確定")
    PAID = "paid", _("支払済み")
    WITHDRAWN = "withdrawn", _("取下げ")


# What of a manual is not published yet.
OPEN_VERSIONS = (ManualState.DRAFT, ManualState.REVIEWING, ManualState.APPROVED)
# What takes one of the year's places.
PLACED = (SubsidyState.DECIDED, SubsidyState.REPORTED, SubsidyState.FIXED, SubsidyState.PAID)

# What is paid: both sides said so, or the host said nothing for as long as the rules wait.
SETTLED = (SessionState.CONFIRMED, SessionState.STANDS)

# What the applicant may still write in.
EDITABLE = (ApplicationState.DRAFT, ApplicationState.RETURNED)

# From each state, the states it may become; the first state of each is where its objects start.
MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    ApplicationState: {
        ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
        ApplicationState.SUBMITTED: frozenset(
            {ApplicationState.RETURNED, ApplicationState.REVIEWING, ApplicationState.WITHDRAWN}
        ),
        ApplicationState.RETURNED: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
        ApplicationState.REVIEWING: frozenset(
            {ApplicationState.CERTIFIED, ApplicationState.PASSED, ApplicationState.DECLINED}
        ),
        # The board has said yes; the number waits for the trainings.
        ApplicationState.PASSED: frozenset({ApplicationState.CERTIFIED, ApplicationState.WITHDRAWN}),
        ApplicationState.CERTIFIED: frozenset(),
        ApplicationState.DECLINED: frozenset(),
        ApplicationState.WITHDRAWN: frozenset(),
    },
    RequestState: {
        RequestState.ASKED: frozenset({RequestState.PLANNED, RequestState.CANCELLED}),
        RequestState.PLANNED: frozenset({RequestState.AGREED, RequestState.ASKED, RequestState.CANCELLED}),
        RequestState.AGREED: frozenset({RequestState.CANCELLED}),
        RequestState.CANCELLED: frozenset(),
    },
    SessionState: {
        SessionState.PLANNED: frozenset({SessionState.LOGGED, SessionState.CANCELLED}),
        # A correction asks the host again; a host that signs late confirms what had stood without them.
        SessionState.LOGGED: frozenset({SessionState.CONFIRMED, SessionState.STANDS}),
        SessionState.CONFIRMED: frozenset({SessionState.LOGGED}),
        SessionState.STANDS: frozenset({SessionState.LOGGED, SessionState.CONFIRMED}),
        SessionState.CANCELLED: frozenset(),
    },
    MoveState: {
        MoveState.ASKED: frozenset({MoveState.AGREED, MoveState.DECLINED, MoveState.WITHDRAWN}),
        MoveState.AGREED: frozenset(),
        MoveState.DECLINED: frozenset(),
        MoveState.WITHDRAWN: frozenset(),
    },
    FilmState: {
        FilmState.RECEIVING: frozenset({FilmState.CHECKING, FilmState.REJECTED}),
        FilmState.CHECKING: frozenset({FilmState.CLEAN, FilmState.REJECTED}),
        FilmState.CLEAN: frozenset(),
        FilmState.REJECTED: frozenset(),
    },
    ManualState: {
        ManualState.DRAFT: frozenset({ManualState.REVIEWING, ManualState.WITHDRAWN}),
        ManualState.REVIEWING: frozenset({ManualState.APPROVED, ManualState.DRAFT, ManualState.WITHDRAWN}),
        ManualState.APPROVED: frozenset({ManualState.PUBLISHED, ManualState.DRAFT, ManualState.WITHDRAWN}),
        ManualState.PUBLISHED: frozenset({ManualState.REPLACED, ManualState.WITHDRAWN}),
        ManualState.REPLACED: frozenset(),
        ManualState.WITHDRAWN: frozenset(),
    },
    SubsidyState: {
        SubsidyState.DRAFT: frozenset({SubsidyState.APPLIED, SubsidyState.WITHDRAWN}),
        SubsidyState.APPLIED: frozenset({SubsidyState.DECIDED, SubsidyState.REFUSED, SubsidyState.WITHDRAWN}),
        SubsidyState.DECIDED: frozenset({SubsidyState.REPORTED, SubsidyState.WITHDRAWN}),
        SubsidyState.REFUSED: frozenset(),
        # A report that does not hold goes back; what stands fixed is not reopened.
        SubsidyState.REPORTED: frozenset({SubsidyState.FIXED, SubsidyState.DECIDED}),
        SubsidyState.FIXED: frozenset({SubsidyState.PAID}),
        SubsidyState.PAID: frozenset(),
        SubsidyState.WITHDRAWN: frozenset(),
    },
}
