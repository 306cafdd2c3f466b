"""The purpose of grants' links: a firm hands in what its office asks for."""

from django.utils.translation import gettext_lazy as _

from firms.links.purposes import Purpose, register_purpose
from firms.models import ActionLink
from grants.actions.requests import PURPOSE, answer_by_link
from grants.forms.requests import GuestAnswerForm
from grants.models import EvidenceRequest


def shown(link: ActionLink) -> dict[str, object]:
    """What was asked, with what came already: its day and who gave it, not the file."""
    held = EvidenceRequest.objects.get(pk=link.subject_id)
    items = held.items.select_related("case__run__course").prefetch_related("given__evidence")
    return {"held": held, "items": items}


def register() -> None:
    """Called when the app is ready."""
    register_purpose(
        PURPOSE,
        Purpose(
            label=_("書類のお願い"),
            button=_("選んだ書類を送る"),
            done=_("書類を送りました"),
            template="grants/parts/guest_evidence.html",
            form=GuestAnswerForm,
            shown=shown,
            act=answer_by_link,
        ),
    )
