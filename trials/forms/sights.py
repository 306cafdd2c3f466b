"""What is shown of a place, and the words for who cannot see it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber

WORDS = _("見えない人にも分かるように書きます。例：若手の社員が三次元測定機で部品を測っている")


class PictureForm(NoMyNumber, forms.Form):
    upload = forms.FileField(
        label=_("写真"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("撮影した場所などの記録は取り除いて載せます。写る人の了解を得てください。"),
    )
    words = forms.CharField(label=_("写っているもの"), max_length=200, help_text=WORDS)


class FilmForm(NoMyNumber, forms.Form):
    upload = forms.FileField(
        label=_("動画"),
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
        help_text=_("MP4かWebM。1〜2分の短いものを。若手の社員が仕事を話す動画が、よく見られます。"),
    )
    vtt = forms.FileField(
        label=_("字幕"),
        widget=forms.FileInput(attrs={"accept": ".vtt"}),
        help_text=_("WebVTT（.vtt）。字幕は必ず付けます。"),
    )
    words = forms.CharField(label=_("写っているもの"), max_length=200, help_text=WORDS)
