"""The purpose of links to approve: what somebody at the host reads of one trial's month, and what pressing the button does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.links.purposes import Purpose, register_purpose
from firms.models import ActionLink
from trials.actions.working.approving import APPROVE, approve_by_link
from trials.forms.working import ApproveByLinkForm
from trials.models import WorkMonth


def shown(link: ActionLink) -> dict[str, Any]:
    month = WorkMonth.objects.with_sides().get(pk=link.subject_id)
    return {"month": month, "placement": month.placement}


def register() -> None:
    """Called when the app is ready."""
    register_purpose(
        APPROVE,
        Purpose(
            label=_("トライアル就労の勤務の承認"),
            button=_("返事を送る"),
            done=_("返事を受け取りました"),
            template="trials/working/parts/guest_approve.html",
            form=ApproveByLinkForm,
            shown=shown,
            act=approve_by_link,
        ),
    )
