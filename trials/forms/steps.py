"""One form for each event somebody takes by hand; all are made with the placement, the party and the day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, DayField, NoMyNumber
from firms.models import WorkingPattern
from trials.forms.papers import PAY_ITEMS, PayForm, refuse_missing_pay
from trials.models import LeftBecause, Placement, Posting, ViewingKind
from trials.rules import daily_exceptions
from trials.states import Party, PlacementState

UNCHOSEN = ("", _("選んでください"))
YES_NO = [UNCHOSEN, ("yes", _("希望する")), ("no", _("希望しない"))]
HERE_OR_LEFT = [UNCHOSEN, ("yes", _("在籍している")), ("no", _("離職した"))]


class StepForm(NoMyNumber, forms.Form):
    """Asks for nothing: reading the page and pressing its button is the step."""

    def __init__(self, *args: Any, placement: Placement, party: Party, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement, self.party, self.today = placement, party, today


def words(
    label: object, *, most: int = 400, required: bool = True, rows: int = 3, help_text: object = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,  # type: ignore[arg-type]
    )


class PrepareForm(StepForm):
    preparation = words(_("面談と事前研修"), most=1000, help_text=_("働き方の希望と、開始の前に準備すること"))


class ProposeForm(StepForm):
    posting = forms.ModelChoiceField(
        label=_("求人"), queryset=Posting.objects.filter(state="open"), empty_label=_("選んでください")
    )


class ViewForm(StepForm):
    kind = forms.ChoiceField(label=_("種類"), choices=[UNCHOSEN, *ViewingKind.choices])
    held_on = DayField(label=_("行った日"))
    note = words(_("内容"), required=False)


class DeclineForm(StepForm):
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("仕事の内容・時間・通勤など。年齢や性別を理由にすることはできません。"),
    )


class NotifyForm(StepForm):
    """抵触日, and beside it what 施行規則24条の4 has the host tell of its pay."""

    bar_on = DayField(label=_("事業所の抵触日"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pay = PayForm(*args)
        self.fields |= self.pay.fields

    def clean(self) -> dict[str, Any]:
        """What is told of the pay goes on together."""
        given = super().clean() or self.cleaned_data
        refuse_missing_pay(self, given)
        given["pay"] = {name: given.pop(name, "") for name in ("kind", *PAY_ITEMS)}
        return given


class DraftForm(StepForm):
    starts_on = DayField(label=_("最初の日"))
    last_on = DayField(label=_("最後の日"))
    hourly_yen = AmountField(label=_("時給（円）"))
    exception = forms.ChoiceField(label=_("日雇派遣の例外"), required=False)
    may_be_renewed = forms.BooleanField(label=_("更新することがある"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exception"].choices = [("", _("当たらない")), *daily_exceptions(self.today)]  # type: ignore[attr-defined]
        if self.placement.posting:
            self.initial.setdefault("hourly_yen", self.placement.posting.hourly_yen)


class StartForm(StepForm):
    safety_trained_on = DayField(label=_("安全衛生教育を行った日"))


class ReasonForm(StepForm):
    reason = words(_("理由"))


class SuspendForm(StepForm):
    since = DayField(label=_("休止した日"))


class ExtendForm(StepForm):
    last_on = DayField(label=_("新しい最後の日"))


class AnswerForm(StepForm):
    """The host says why it does not want; the worker may tell their adviser, and nobody else."""

    wish = forms.ChoiceField(label=_("正社員としての採用"), choices=YES_NO)
    reason = words(_("希望しない理由"), required=False, help_text=_("希望しないときは必要です。"))
    words = words(
        _("アドバイザーだけに伝えること"), most=1000, required=False, help_text=_("受入企業にも区にも見えません。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop(self, ["reason"] if self.party == Party.WORKER else ["words"])


def drop(form: forms.Form, names: Iterable[str]) -> None:
    for name in names:
        del form.fields[name]


class OfferForm(StepForm):
    hire_on = DayField(label=_("雇入れの日"))
    work = forms.CharField(label=_("仕事の内容"), max_length=200)
    pay = forms.CharField(label=_("賃金"), max_length=200)
    is_without_term = forms.BooleanField(label=_("期間の定めのない雇用である"), required=False)
    probation_months = forms.IntegerField(label=_("試用期間（か月）"), min_value=0, max_value=12, initial=0)
    difference_reason = words(
        _("予定と違う理由"), required=False, help_text=_("求人で予定した条件と違うときに必要です。")
    )
    pattern = forms.ModelChoiceField(label=_("勤務形態"), queryset=WorkingPattern.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posting = self.placement.posting
        assert posting is not None
        self.initial.update(work=posting.planned_work, pay=posting.planned_pay)
        self.fields["pattern"].queryset = posting.establishment.working_patterns.all()  # type: ignore[attr-defined]


class CheckForm(StepForm):
    here = forms.ChoiceField(label=_("在籍"), choices=HERE_OR_LEFT)
    left_on = DayField(label=_("離職日"), required=False)
    left_because = forms.ChoiceField(label=_("離職の理由"), choices=[UNCHOSEN, *LeftBecause.choices], required=False)


class LeftForm(StepForm):
    left_on = DayField(label=_("離職日"))
    left_because = forms.ChoiceField(label=_("離職の理由"), choices=[UNCHOSEN, *LeftBecause.choices])


class CancelForm(StepForm):
    """Before the first day: the host gives its notice and what it pays, the agency says that it cannot be helped."""

    reason = words(_("理由"))
    noticed_on = DayField(label=_("派遣元に予告した日"))
    is_agreed = forms.BooleanField(label=_("派遣元の同意を得た"), required=False)
    other_work = forms.CharField(label=_("ほかの就業先の確保"), max_length=200, required=False)
    pays = forms.BooleanField(label=_("予告に足りない日数の賃金に相当する額を支払う"), required=False)
    is_unavoidable = forms.BooleanField(
        label=_("やむを得ない事由がある（受入企業の破産、許可の失効など）"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.party != Party.HOST:
            drop(self, ["noticed_on", "is_agreed", "other_work", "pays"])
        self.initial.setdefault("noticed_on", self.today)
        if self.party != Party.AGENCY or self.placement.state != PlacementState.READY:
            drop(self, ["is_unavoidable"])


class HostBackOutForm(StepForm):
    """派遣先指針 第2の18: whoever wished and does so no more says why. Of a job already accepted, the person's word is asked."""

    reason = words(_("理由"), help_text=_("派遣元と本人に伝わります。"))
    is_agreed = forms.BooleanField(label=_("承諾した本人の合意を得た"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.placement.state != PlacementState.OFFERED:
            drop(self, ["is_agreed"])


class EndForm(StepForm):
    """The checklist of 派遣先指針 第2の6 is the host's alone."""

    noticed_on = DayField(label=_("予告した日"))
    ended_on = DayField(label=_("最後の日"))
    reason = words(_("理由"))
    is_agreed = forms.BooleanField(label=_("派遣元の同意を得た"), required=False)
    other_work = forms.CharField(label=_("ほかの就業先の確保"), max_length=200, required=False)
    pays = forms.BooleanField(label=_("予告に足りない日数の賃金に相当する額を支払う"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.party != Party.HOST:
            drop(self, ["is_agreed", "other_work", "pays"])
