"""What is typed about a film: its length as players show it, and the address where it lies."""

import re
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from firms.film import chapters
from firms.film.addresses import origin
from firms.words.saying import said as _

# Pages that show a video in a player of their own: what was seen there cannot be measured here.
PLAYERS_OF_OTHERS = ("youtube.com", "youtu.be", "vimeo.com", "nicovideo.jp", "dailymotion.com")
LENGTH = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
LONGEST = 36_000


def seconds_of(text: str) -> int | None:
    """12:30 or 1:05:00 in seconds; None for anything else."""
    match = LENGTH.fullmatch(normalize("NFKC", text.strip()))
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else None


class LengthField(forms.CharField):
    """The length of a video as players show it: 12:30, or 1:05:00; kept in seconds."""

    def clean(self, value: Any) -> int:
        seconds = seconds_of(super().clean(value))
        if not seconds or seconds > LONGEST:
            raise ValidationError(_("動画の長さを「12:30」（12分30秒）のように書いてください。10時間までです。"))
        return seconds

    def prepare_value(self, value: Any) -> Any:
        return chapters.clock(value) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "w-short"}


class SecondField(LengthField):
    """A moment of a film, its beginning too."""

    def clean(self, value: Any) -> int:
        text = forms.CharField.clean(self, value)
        seconds = seconds_of(text) if text else 0
        if seconds is None or seconds > LONGEST:
            raise ValidationError(_("動画の時刻を「1:30」（1分30秒）のように書いてください。"))
        return seconds


def refuse_address(address: str) -> None:
    """A film is played from a file of its own, over a line nobody listens to."""
    if not address.startswith("https://"):
        raise ValidationError(_("https:// で始まるアドレスにしてください。"))
    try:
        host = urlsplit(origin(address)).hostname or ""
    except ValueError:
        raise ValidationError(
            _("動画の場所を読み取れません。ブラウザで動画を開き、アドレスをもう一度写してください。")
        ) from None
    if any(host == one or host.endswith(f".{one}") for one in PLAYERS_OF_OTHERS):
        raise ValidationError(
            _(
                "このサイトの動画は、見た時間を確かめられないため使えません。動画ファイル（mp4・webm）のアドレスにしてください。"
            )
        )
