"""What every form with a signature asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

# A data: address of a picture of this many letters is already larger than what is kept.
PICTURE_LETTERS = 400_000


def picture_field() -> forms.CharField:
    """What the pad sends; empty where nobody drew."""
    return forms.CharField(
        required=False,
        max_length=PICTURE_LETTERS,
        widget=forms.HiddenInput,
        error_messages={"max_length": _("署名の画像が大きすぎます。「書き直す」を押して、もう一度署名してください。")},
    )
