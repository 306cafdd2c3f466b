"""Forms of the days at work: two buttons of a phone, one whole day, the host's word on a month's days, closing and reopening."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import ClockField, DayField, EvidenceField, NoMyNumber
from firms.forms.links import GuestForm
from firms.models import ActionLink
from firms.words.days import day_words
from firms.words.saying import said as _now
from trials.actions.working.approving import NO, YES
from trials.actions.working.clocking import SCAN, clock_typed
from trials.models import AbsenceCode, DayKind, WorkMonth
from trials.queries.working import DayRow, waiting_rows

MOST_BREAK = 600
HOUR = 60
UNCHOSEN = ("", _("選んでください"))
YES_NO = [(YES, _("承認する")), (NO, _("違う"))]
LATER_YES_NO = [("", _("あとで")), *YES_NO]


class PressForm(NoMyNumber, forms.Form):
    """A press of a button: without a time of its own it is the moment it was typed on the device."""

    on = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, typed_at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.typed_at = typed_at

    def timed(self, name: str) -> dict[str, Any]:
        """`is_said` is whether the person gave the time themselves."""
        given = super().clean() or self.cleaned_data
        given["is_said"] = given.get(name) is not None
        given[name] = given.get(name) or clock_typed(self.typed_at)
        return given


class ClockInForm(PressForm):
    starts_at = ClockField(label=_("始業の時刻（空欄なら、押した時刻）"), required=False)

    def clean(self) -> dict[str, Any]:
        return self.timed("starts_at")


class ClockOutForm(PressForm):
    ends_at = ClockField(label=_("終業の時刻（空欄なら、押した時刻）"), required=False)
    break_minutes = forms.IntegerField(label=_("休憩（分）"), min_value=0, max_value=MOST_BREAK)
    comment = forms.CharField(label=_("ひとこと（受入企業も読みます）"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        return self.timed("ends_at")


class DayForm(NoMyNumber, forms.Form):
    """One whole day. The words to the adviser are asked of the trialist alone, the scan of the agency."""

    kind = forms.ChoiceField(label=_("区分"), choices=DayKind.choices)
    starts_at = ClockField(label=_("始業"), required=False)
    ends_at = ClockField(label=_("終業（翌日になるときも時刻だけ）"), required=False)
    break_minutes = forms.IntegerField(label=_("休憩（分）"), min_value=0, max_value=MOST_BREAK, required=False)
    absence = forms.ChoiceField(label=_("休みの理由"), choices=[UNCHOSEN, *AbsenceCode.choices], required=False)
    comment = forms.CharField(label=_("ひとこと（受入企業も読みます）"), max_length=200, required=False)
    private_words = forms.CharField(
        label=_("担当のアドバイザーだけに伝えること"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("病気などの事情はここに書きます。受入企業には見えません。"),
    )
    because = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    scan = EvidenceField(label=_("紙の勤務表の写し"), kind=SCAN, required=False)

    def __init__(self, *args: Any, is_paper: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["private_words" if is_paper else "scan"]

    def clean(self) -> dict[str, Any]:
        """What does not belong to the kind is left out, so that two tellings of the same day compare alike."""
        given = super().clean()
        given["break_minutes"] = given.get("break_minutes") or 0
        if given.get("kind") == DayKind.WORK:
            given["absence"] = ""
        else:
            given.update(starts_at=None, ends_at=None, break_minutes=0)
        if given.get("kind") == DayKind.NONE:
            given["absence"] = ""
        given.setdefault("private_words", "")
        return given


def word_fields(rows: Sequence[DayRow], *, first: str) -> dict[str, forms.Field]:
    """For each waiting day a choice and the words to a no; `first` is what is chosen before anybody chooses."""
    fields: dict[str, forms.Field] = {}
    for row in rows:
        assert row.entry is not None
        name, day = f"d{row.entry.pk}", day_words(row.on)
        fields[name] = forms.ChoiceField(label=day, choices=LATER_YES_NO, required=False, initial=first)
        fields[f"{name}-words"] = forms.CharField(
            label=_now("%(day)sの違うところ") % {"day": day}, max_length=200, required=False
        )
    return fields


class ApproveForm(NoMyNumber, forms.Form):
    def __init__(self, *args: Any, rows: Sequence[DayRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        self.fields |= word_fields(rows, first=YES)

    @property
    def days(self) -> list[tuple[DayRow, forms.BoundField, forms.BoundField]]:
        return pairs(self, self.rows)


class ApproveByLinkForm(GuestForm):
    def __init__(self, *args: Any, link: ActionLink, **options: Any) -> None:
        super().__init__(*args, link=link, **options)
        month = WorkMonth.objects.with_sides().get(pk=link.subject_id)
        self.rows = waiting_rows(month)
        self.fields |= word_fields(self.rows, first=YES)

    @property
    def days(self) -> list[tuple[DayRow, forms.BoundField, forms.BoundField]]:
        return pairs(self, self.rows)


def pairs(form: forms.BaseForm, rows: Sequence[DayRow]) -> list[tuple[DayRow, forms.BoundField, forms.BoundField]]:
    return [(row, form[f"d{row.entry.pk}"], form[f"d{row.entry.pk}-words"]) for row in rows if row.entry]


class SendApprovalForm(NoMyNumber, forms.Form):
    name = forms.CharField(label=_("承認する方の氏名"), max_length=60)
    email = forms.EmailField(label=_("承認する方のメールアドレス"))


class ReopenForm(NoMyNumber, forms.Form):
    because = forms.CharField(label=_("開き直す理由"), max_length=200, help_text=_("受入企業と本人も読みます。"))


class ConfirmForm(NoMyNumber, forms.Form):
    words = forms.CharField(
        label=_("確かめたことと、これからの対応"), max_length=200, help_text=_("受入企業も読みます。")
    )


class AgreementForm(NoMyNumber, forms.Form):
    """Hours as the paper says them; the minutes are whole numbers."""

    filed_on = DayField(label=_("労働基準監督署に届け出た日"))
    valid_from = DayField(label=_("有効期間の最初の日"))
    valid_until = DayField(label=_("有効期間の最後の日"))
    day_hours = forms.IntegerField(label=_("1日の限度（時間）"), min_value=1, max_value=15)
    month_hours = forms.IntegerField(label=_("1か月の限度（時間）"), min_value=1, max_value=99)
    year_hours = forms.IntegerField(label=_("1年の限度（時間）"), min_value=1, max_value=999)

    def in_minutes(self) -> dict[str, Any]:
        given = self.cleaned_data
        days: dict[str, date] = {name: given[name] for name in ("filed_on", "valid_from", "valid_until")}
        return {**days, **{f"{name}_minutes": given[f"{name}_hours"] * HOUR for name in ("day", "month", "year")}}
