"""The purpose of links to join: what a job seeker reads before they register, and what pressing the button does."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.links.purposes import Purpose, register_purpose
from firms.models import ActionLink
from trials.actions.matching.seekers import JOIN, join_by_link
from trials.consents import consents_on
from trials.forms.joining import JoinTrialForm
from trials.models import JobSeeker


def shown(link: ActionLink) -> dict[str, Any]:
    seeker = JobSeeker.objects.select_related("round", "agency").get(pk=link.subject_id)
    return {"seeker": seeker, "texts": consents_on(timezone.localdate())}


def register() -> None:
    """Called when the app is ready."""
    register_purpose(
        JOIN,
        Purpose(
            label=_("トライアル就労への登録と同意"),
            button=_("登録する"),
            done=_("登録しました"),
            template="trials/parts/guest_join.html",
            form=JoinTrialForm,
            shown=shown,
            act=join_by_link,
        ),
    )
