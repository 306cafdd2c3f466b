"""Every state of an application, a request for a mentor and a session, and the moves between them."""

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
}
