"""What every form with a signature asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber
from firms.forms.links import GuestForm
from firms.models import ActionLink, SignatureRequest

# A data: address of a picture of this many letters is already larger than what is kept.
PICTURE_LETTERS = 400_000
AGREES = _("文書を読み、内容に同意して署名します")


def picture_field() -> forms.CharField:
    """What the pad sends; empty where nobody drew."""
    return forms.CharField(
        required=False,
        max_length=PICTURE_LETTERS,
        widget=forms.HiddenInput,
        error_messages={"max_length": _("署名の画像が大きすぎます。「書き直す」を押して、もう一度署名してください。")},
    )


class SignForm(NoMyNumber, forms.Form):
    """A click, with a drawn picture where one was drawn; `seen` is the hash of the text the page has shown."""

    given_numbers = ("picture", "seen")

    agrees = forms.BooleanField(label=AGREES)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    picture = picture_field()


class GuestSignForm(GuestForm):
    """The same by a link, with the name of who signs."""

    given_numbers = ("picture", "seen")

    agrees = forms.BooleanField(label=AGREES)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    picture = picture_field()

    def __init__(self, *args: Any, link: ActionLink, **kwargs: Any) -> None:
        super().__init__(*args, link=link, **kwargs)
        asked = SignatureRequest.objects.select_related("version").get(pk=link.subject_id)
        self.initial["seen"] = asked.version.sha256
