"""Forms about rounds, licences, job seekers and postings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.forms.fields import DayField, NoMyNumber, amount_of
from firms.models import Establishment, Organisation
from firms.models.organisations import Kind
from trials.models import JobSeeker, LicenceKind, Posting, Round
from trials.models.matching import REQUIRED_NUMBERS, REQUIRED_TEXTS, Standing
from trials.rules import open_programmes

FIRST_YEAR, LAST_YEAR = 2021, 2100
MOST_PLACES = 10_000
UNCHOSEN = ("", _("選んでください"))
SKILLS = _("「、」で区切ります。例：フォークリフト、図面の読み取り")


class RoundForm(NoMyNumber, forms.Form):
    programme_name = forms.ChoiceField(label=_("事業"))
    budget_year = forms.IntegerField(label=_("予算年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    places = forms.IntegerField(label=_("定員"), min_value=1, max_value=MOST_PLACES)
    opens_on = DayField(label=_("受付の最初の日"))
    closes_on = DayField(label=_("受付の最後の日"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.name, one.title) for one in open_programmes(acting.today)]
        self.fields["programme_name"].choices = [UNCHOSEN, *known]  # type: ignore[attr-defined]


class LicenceForm(NoMyNumber, forms.Form):
    agency = forms.ModelChoiceField(label=_("派遣元"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("許可の種類"), choices=[UNCHOSEN, *LicenceKind.choices])
    number = forms.CharField(label=_("許可番号"), max_length=20, help_text=_("例：派13-300001、13-ユ-300001"))
    valid_from = DayField(label=_("有効期間の最初の日"))
    valid_until = DayField(label=_("有効期間の最後の日"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Organisation.objects.visible_to(acting).of_kind(Kind.AGENCY).registered_on(acting.today)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class LicenceEndForm(NoMyNumber, forms.Form):
    last_on = DayField(label=_("有効だった最後の日"))
    reason = forms.CharField(label=_("取消し・廃止の理由"), max_length=200)


class SeekerForm(NoMyNumber, forms.ModelForm):
    """Nothing that 職業安定法5条の5 forbids is asked: no origin, no belief, no union."""

    class Meta:
        model = JobSeeker
        fields = (
            "round", "family_name", "given_name", "email", "born_on", "standing", "skills", "home_area", "wished_field", "wished_area",
            "most_weekly_hours", "wishes",
        )  # fmt: skip
        field_classes = {"born_on": DayField}
        help_texts = {"wished_area": _("例：大田区"), "home_area": _("例：品川区"), "skills": SKILLS}
        widgets = {"wishes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_rounds = Round.objects.visible_to(acting).open_on(acting.today)
        self.fields["round"].queryset = open_rounds  # type: ignore[attr-defined]
        self.fields["standing"].choices = [UNCHOSEN, *Standing.choices]  # type: ignore[attr-defined]


class PastJobForm(NoMyNumber, forms.Form):
    employer = forms.CharField(label=_("会社名"), max_length=120)
    started_on = DayField(label=_("入社日"))
    left_on = DayField(label=_("離職日"), required=False, help_text=_("在籍中なら空欄にします。"))
    is_retiree_over_60 = forms.BooleanField(label=_("60歳以上の定年退職"), required=False)


class PostingForm(NoMyNumber, forms.ModelForm):
    """Saved as a draft with whatever is known; opening asks for every item."""

    class Meta:
        model = Posting
        fields = (
            "establishment", "title", "field", "work", "work_range", "place", "place_range", "term", "renewal",
            "hours", "breaks", "days_off", "overtime", "weekly_hours", "hourly_yen", "wage_is_checked", "probation",
            "insurance", "smoking", "equipment", "wanted_skills", "planned_work", "planned_pay",
        )  # fmt: skip
        formfield_callback = amount_of
        widgets = {"work": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "wanted_skills": SKILLS,
            "work_range": _("雇入れ直後と、その後に変わりうる範囲。変わらないときは「変更なし」"),
            "place_range": _("変わらないときは「変更なし」"),
            "renewal": _("更新するかどうか、その基準、通算の期間か回数の上限"),
            "wage_is_checked": _("その日の額が登録されていないときに、労働局の公表を見て選びます。"),
        }

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*REQUIRED_TEXTS, *REQUIRED_NUMBERS):
            self.fields[name].needed = _("公開に必要")  # type: ignore[attr-defined]
        places = Establishment.objects.visible_to(acting)
        self.fields["establishment"].queryset = places  # type: ignore[attr-defined]
