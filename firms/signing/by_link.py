"""The purpose of links to sign: what their page shows, and what pressing its button does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.actions.signing import sign_as_guest
from firms.forms.signing import GuestSignForm
from firms.links.purposes import SIGN, Purpose, register_purpose
from firms.models import ActionLink, SignatureRequest, StoredFile
from firms.queries.signing import changes_for, requests_of


def request_of(link: ActionLink) -> SignatureRequest:
    found = SignatureRequest.objects.select_related("version__document", "version__file", "side")
    return found.get(pk=link.subject_id)


def shown(link: ActionLink) -> dict[str, Any]:
    return shown_to_sign(request_of(link))


def shown_to_sign(request: SignatureRequest) -> dict[str, Any]:
    """What whoever signs reads: the text, what is new in it to them, and who has signed."""
    return {
        "asked": request,
        "version": request.version,
        "requests": requests_of(request.version),
        "changes": changes_for(request),
    }


def file_of(link: ActionLink) -> StoredFile | None:
    return request_of(link).version.file


def register() -> None:
    """Called when the app is ready."""
    register_purpose(
        SIGN,
        Purpose(
            label=_("文書への署名"),
            button=_("署名する"),
            done=_("署名しました"),
            template="firms/parts/guest_sign.html",
            form=GuestSignForm,
            shown=shown,
            act=sign_as_guest,
            file=file_of,
        ),
    )
