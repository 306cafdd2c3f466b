"""The forms of what was drawn outside Takumi."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, NoMyNumber
from firms.models import Person
from grants.actions.outside import Told
from grants.rules import MENUS, current_schemes

# How many fiscal years back one may tell of.
YEARS_BACK = 3
MOST_TIMES = 99


class OutsideYearForm(forms.Form):
    """Which scheme and fiscal year the page is about."""

    compact = True
    scheme = forms.ChoiceField(label=_("制度"))
    fiscal_year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(name, current_schemes().by_name[name].title) for name in MENUS]
        self.fields["scheme"].choices = titles  # type: ignore[attr-defined]
        years = range(this_year, this_year - YEARS_BACK - 1, -1)
        self.fields["fiscal_year"].choices = [(year, f"{year}年度") for year in years]  # type: ignore[attr-defined]

    def chosen(self, scheme: str, year: int) -> tuple[str, int]:
        """What was asked for; where that is nothing we know, what is given here."""
        return (self.cleaned_data["scheme"], self.cleaned_data["fiscal_year"]) if self.is_valid() else (scheme, year)


class Ground(NoMyNumber, forms.Form):
    """What a figure rests on; asked for with each."""

    note = forms.CharField(label=_("根拠"), max_length=200, help_text=_("例：支給決定通知書 2026年6月10日 第23号"))
    told_by = forms.CharField(
        label=_("確かめた相手"), max_length=60, help_text=_("だれから聞いたか。例：総務部 大森 花")
    )
    why = forms.CharField(
        label=_("訂正の理由"), max_length=400, required=False, help_text=_("前の記録を直すときだけ入力します。")
    )

    def told(self, scheme: str, fiscal_year: int) -> Told:
        return Told(scheme=scheme, fiscal_year=fiscal_year, **self.cleaned_data)


class OutsideYenForm(Ground):
    yen = AmountField(
        label=_("この年度に受けた額"),
        required=False,
        help_text=_("受けていないときは 0。空欄で訂正すると不明に戻ります。"),
    )
    field_order = ("yen", "note", "told_by", "why")


class OutsideTimesForm(Ground):
    person = forms.ModelChoiceField(label=_("受講者"), queryset=Person.objects.none(), empty_label=_("選んでください"))
    times = forms.IntegerField(
        label=_("この年度に受けた回数"),
        required=False,
        min_value=0,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"class": "w-medium"}),
        help_text=_("受けていないときは 0。空欄で訂正すると不明に戻ります。"),
    )
    e_learning_times = forms.IntegerField(
        label=_("うちeラーニングの回数"),
        required=False,
        min_value=0,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"class": "w-medium"}),
    )
    field_order = ("person", "times", "e_learning_times", "note", "told_by", "why")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A number of times without one of e-learning would leave the limit of e-learning open."""
        cleaned = super().clean()
        if cleaned.get("times") is None:
            return cleaned | {"e_learning_times": None}
        if cleaned.get("e_learning_times") is None and "e_learning_times" not in self.errors:
            if cleaned["times"]:
                self.add_error("e_learning_times", _("うちeラーニングの回数を入力してください。ないときは 0 です。"))
            return cleaned | {"e_learning_times": 0}
        return cleaned
