"""Forms of what papers are made of: the host's pay, safety teaching, evaluations, notices of an end, and an accident's report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from firms.words.saying import said as _now
from trials.learning import Learning
from trials.models import AccidentDetail, EndKind, Evaluation, Grade, HostCall, PayInformation, SafetyTeaching
from trials.models.papers import AGREED_ITEMS, COMPARED_ITEMS, GRADED

UNCHOSEN = ("", _("選んでください"))
PAY_ITEMS = (*AGREED_ITEMS, *COMPARED_ITEMS)
ROWS = dict.fromkeys(PAY_ITEMS, forms.Textarea(attrs={"rows": 3}))


def refuse_missing_pay(form: forms.BaseForm, given: dict[str, Any]) -> None:
    """施行規則24条の4: by agreement the teaching and the facilities are told, by comparison every item."""
    if not given.get("kind"):
        return
    for name in PAY_ITEMS if given["kind"] == "compared" else AGREED_ITEMS:
        if not given.get(name) and name not in form.errors:
            form.add_error(name, _now("この項目を入力してください。ないときは「なし」と書きます。"))


class PayForm(NoMyNumber, forms.ModelForm):
    class Meta:
        model = PayInformation
        fields = ["kind", *PAY_ITEMS]
        widgets = ROWS
        help_texts = {
            "training": _("派遣労働者にも行う教育訓練。ないときは「なし」"),
            "facilities": _("利用できるもの。ないときは「なし」"),
            "comparator": _("ここから下は、派遣先均等・均衡方式のときに必要です。"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in AGREED_ITEMS:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        refuse_missing_pay(self, given)
        return given


class SafetyForm(NoMyNumber, forms.ModelForm):
    held_on = DayField(label=_("行った日"))

    class Meta:
        model = SafetyTeaching
        fields = ["kind", "held_on", "minutes", "content", "teacher"]
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "content": _("例：旋盤の危険、保護具の使い方、作業手順、事故のときの応急措置と退避"),
            "teacher": _("例：班長 池上 二"),
        }


class EvaluationForm(NoMyNumber, forms.ModelForm):
    class Meta:
        model = Evaluation
        fields = ["point", *GRADED, "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in GRADED:
            label = Evaluation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.TypedChoiceField(label=label, coerce=int, choices=[UNCHOSEN, *Grade.choices])


class CallForm(NoMyNumber, forms.ModelForm):
    called_on = DayField(label=_("巡回した日"))

    class Meta:
        model = HostCall
        fields = ["called_on", "met", "seen", "said", "follows"]
        widgets = dict.fromkeys(("seen", "said", "follows"), forms.Textarea(attrs={"rows": 4}))
        help_texts = {
            "met": _("例：本人、指揮命令者の班長 池上 二"),
            "follows": _("だれが何をいつまでに。ないときは「なし」"),
        }


class EndNoticeForm(NoMyNumber, forms.Form):
    kind = forms.ChoiceField(label=_("種類"), choices=[UNCHOSEN, *EndKind.choices])
    noticed_on = DayField(label=_("予告した日"))
    last_on = DayField(label=_("雇用の最後の日"))
    reason = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    pays = forms.BooleanField(label=_("予告に足りない日数の平均賃金を支払う"), required=False)


class LearningForm(NoMyNumber, forms.Form):
    key = forms.ChoiceField(label=_("eラーニング"), help_text=_("無料で、席のあるものだけを割り当てられます。"))

    def __init__(self, *args: Any, offered: Iterable[Learning], **options: Any) -> None:
        super().__init__(*args, **options)
        titles = [(one.key, f"{one.title}（{one.days}）" if one.days else one.title) for one in offered]
        self.fields["key"].choices = [UNCHOSEN, *titles]  # type: ignore[attr-defined]


class AccidentDetailForm(NoMyNumber, forms.ModelForm):
    class Meta:
        model = AccidentDetail
        fields = [
            "insurance_number", "trade", "employees", "occupation", "months_of_practice", "doing", "thing", "danger", "result",
        ]  # fmt: skip
        help_texts = {
            "insurance_number": _("14桁。空欄のままでも印刷できます。"),
            "doing": _("例：旋盤で丸棒を削り、切りくずを取り除いているとき"),
            "thing": _("例：回転中のチャックと切りくず"),
            "danger": _("例：機械を止めずに手で払った"),
            "result": _("例：右手人差し指を切った"),
        }
