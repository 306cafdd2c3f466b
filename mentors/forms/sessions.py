"""The log on one page of a telephone, the bank account, and closing a month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, ClockField, DayField, KanaField, NoMyNumber, NumberField
from firms.numbers import digits
from mentors.briefings import Item
from mentors.models import Learner, SessionLog
from mentors.models.sessions.logs import Level
from mentors.models.sessions.paying import AccountKind
from mentors.models.sessions.rulings import Ruling
from mentors.queries.sessions import task_field
from mentors.skills import Task

MOST_MINUTES = 600
TaskRow = tuple[Task, forms.BoundField, forms.BoundField]


class LogForm(NoMyNumber, forms.ModelForm):
    """What the plan says stands in it already; a usual visit is a few touches."""

    starts_at = ClockField(label=_("始めた時刻"))
    ends_at = ClockField(label=_("終えた時刻"))
    break_minutes = forms.IntegerField(label=_("休憩"), min_value=0, max_value=MOST_MINUTES, initial=0, required=False)
    materials_yen = AmountField(label=_("材料費"), initial=0, required=False)
    travel_yen = AmountField(label=_("交通費"), initial=0, required=False)
    because = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    briefing = forms.MultipleChoiceField(
        label=_("安全の説明で話したこと"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("区が書き分けた一覧で、条文とは照合していません。法定の安全衛生教育の代わりにはなりません。"),
    )
    signs = forms.BooleanField(label=_("この内容に間違いはありません（署名します）"))

    class Meta:
        model = SessionLog
        # The two clocks are moments in the row and times of the day here, so they stand beside it.
        fields = [
            "break_minutes",
            "topic",
            "method",
            "safety",
            "materials",
            "materials_yen",
            "travel_yen",
            "is_travel_to_carrier",
            "incident",
            "comment",
        ]
        help_texts = {
            "safety": _("一覧にないことを話したときに書きます。"),
            "incident": _("なければ、空欄にします。"),
        }

    def __init__(
        self, *args: Any, learners: Iterable[Learner], tasks: Sequence[Task], items: Iterable[Item], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("travel_yen", "materials_yen"):  # so short that 円 stands beside it on a telephone
            self.fields[name].widget.attrs["class"] = "w-short"
        self.learners, self.tasks = list(learners), tasks
        self.items = list(items)
        briefing = self.fields["briefing"]
        assert isinstance(briefing, forms.MultipleChoiceField)
        briefing.choices = [(item.key, item.label) for item in self.items]
        for learner in self.learners:
            self.fields |= learner_fields(learner)
            for task in tasks:
                self.fields |= task_fields(learner, task)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        levels = [name for name in self.fields if "-t-" in name]
        for name in ("break_minutes", "materials_yen", "travel_yen", *levels):
            given[name] = given.get(name) or 0
        if given.get("briefing"):
            given["briefing"] = [item.key for item in self.items if item.key in given["briefing"]]
        if not given.get("briefing") and not given.get("safety") and not self.has_error("briefing"):
            self.add_error("briefing", _("安全の説明で話したことに印を付けるか、補足に書いてください。"))
        return given

    @property
    def rows(self) -> Iterator[tuple[Learner, dict[str, forms.BoundField], list[TaskRow]]]:
        """Each learner with the fields about them by their names, and each task with its two."""
        for learner in self.learners:
            names = ("is_there", "minutes", "before", "after")
            tasks = [self.task_row(learner, task) for task in self.tasks]
            yield learner, {name: self[f"l{learner.pk}-{name}"] for name in names}, tasks

    def task_row(self, learner: Learner, task: Task) -> TaskRow:
        return task, self[task_field(learner.pk, task.key, "before")], self[task_field(learner.pk, task.key, "after")]


def learner_fields(learner: Learner) -> dict[str, forms.Field]:
    levels = {"choices": Level.choices, "coerce": int}
    return {
        f"l{learner.pk}-is_there": forms.BooleanField(
            label=_("%(name)sさんは出席した") % {"name": learner.name}, required=False, initial=True
        ),
        f"l{learner.pk}-minutes": forms.IntegerField(
            label=_("出席した時間"), required=False, min_value=1, max_value=MOST_MINUTES
        ),
        f"l{learner.pk}-before": forms.TypedChoiceField(label=_("始める前"), **levels),  # type: ignore[arg-type]
        f"l{learner.pk}-after": forms.TypedChoiceField(label=_("終えたあと"), **levels),  # type: ignore[arg-type]
    }


def task_fields(learner: Learner, task: Task) -> dict[str, forms.Field]:
    """Left alone, they say what stood at the end of the last time."""
    told = {"name": learner.name, "task": task.label}
    labels = {"before": _("%(name)sさんの%(task)s 始める前"), "after": _("%(name)sさんの%(task)s 終えたあと")}
    return {
        task_field(learner.pk, task.key, when): forms.TypedChoiceField(
            label=label % told, choices=Level.choices, coerce=int, required=False, empty_value=""
        )
        for when, label in labels.items()
    }


class DigitsField(NumberField):
    """So many digits however they were typed; fewer are filled with noughts in front."""

    def __init__(self, *, width: int, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.width = width

    def clean(self, value: Any) -> str:
        found = digits(super().clean(value))
        if not found.isdecimal() or not found.isascii() or len(found) > self.width:
            raise forms.ValidationError(_("数字%(n)s桁までで入力してください。") % {"n": self.width})
        return found.zfill(self.width)


class AccountForm(NoMyNumber, forms.Form):
    bank = DigitsField(label=_("銀行番号（4桁）"), width=4)
    bank_kana = KanaField(label=_("銀行名（カナ）"), max_length=40)
    branch = DigitsField(label=_("支店番号（3桁）"), width=3)
    branch_kana = KanaField(label=_("支店名（カナ）"), max_length=40)
    account_kind = forms.ChoiceField(label=_("預金の種類"), choices=AccountKind.choices)
    account = DigitsField(label=_("口座番号（7桁）"), width=7)
    name_kana = forms.CharField(
        label=_("口座名義（カナ）"), max_length=60, help_text=_("通帳の表紙の裏に書かれているとおり。例：タクミ タロウ")
    )


class PayerAccountForm(AccountForm):
    code = DigitsField(label=_("委託者コード（10桁）"), width=10, help_text=_("銀行から通知された番号です。"))


class CloseForm(NoMyNumber, forms.Form):
    month = forms.CharField(widget=forms.HiddenInput, max_length=10)
    pay_on = DayField(label=_("振込日"))


class MessageForm(NoMyNumber, forms.Form):
    text = forms.CharField(label=_("連絡"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RulingForm(NoMyNumber, forms.Form):
    choice = forms.ChoiceField(label=_("謝金を支払いますか"), choices=Ruling.choices, widget=forms.RadioSelect)
    because = forms.CharField(label=_("理由"), max_length=400, help_text=_("マイスターに、このまま伝わります。"))


def as_initial(facts: Mapping[str, Any], planned: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, or where nothing was, what was planned."""
    return dict(facts) or dict(planned)
