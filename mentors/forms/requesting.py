"""Forms of a request: asking, the learners, the plan, a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import ClockField, DayField, NoMyNumber
from firms.models import Person
from firms.rules.prefectures import NAMES
from firms.words.saying import said as _now
from mentors import occupations
from mentors.actions.requesting.planning import Visit
from mentors.models import Learner, MentoringRequest

LINES = 4
MOST_PEOPLE = 30
CHOOSE = ("", _("選んでください"))


class RequestForm(NoMyNumber, forms.ModelForm):
    occupation = forms.ChoiceField(label=_("職種"))
    people = forms.IntegerField(
        label=_("教わる人数"), min_value=1, max_value=MOST_PEOPLE, widget=forms.NumberInput(attrs={"class": "w-short"})
    )
    wanted_on = DayField(label=_("始めたい日"))
    prefecture = forms.ChoiceField(label=_("都道府県"), choices=[(name, name) for name in NAMES], initial="東京都")
    is_only_money = forms.BooleanField(
        label=_("同じ実技指導に、ほかの公的な助成を使いません"),
        error_messages={
            "required": _(
                "ほかの公的な助成を使う実技指導は、マイスターの派遣の対象になりません。使わないときは、印を付けてください。"
            )
        },
    )

    class Meta:
        model = MentoringRequest
        fields = [
            "occupation",
            "need",
            "machine",
            "grade",
            "people",
            "wanted_on",
            "prefecture",
            "place",
            "contact_name",
            "contact_email",
            "is_association",
        ]
        help_texts = {
            "need": _("例：汎用旋盤でねじを切れる人を2人育てたい"),
            "machine": _("例：汎用旋盤"),
            "grade": _("選ぶと、技能検定の課題ごとに、できるようになったことが残ります。"),
            "place": _("例：大田区架空一丁目1番1号 本社工場"),
            "is_association": _("会員の企業の方をまとめて教わるときに、印を付けます。"),
            "contact_email": _("実技指導の記録を確かめていただくリンクを送れます。"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["occupation"] = forms.ChoiceField(label=_("職種"), choices=[CHOOSE, *occupations.choices()])

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "is_only_money"}


class LearnerForm(NoMyNumber, forms.ModelForm):
    """Of one's own people by choosing, of others by name."""

    name = forms.CharField(
        label=_("氏名"), max_length=60, required=False, help_text=_("従業員から選んだときは、空欄で構いません。")
    )

    class Meta:
        model = Learner
        fields = ["person", "name", "age_band", "years", "role"]
        help_texts = {
            "person": _("選ぶと、教わった時間が本人の受講時間に並びます。"),
            "role": _("例：旋盤の担当"),
        }

    def __init__(self, *args: Any, employees: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = employees
        person.empty_label = str(_("従業員ではない・選ばない"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("person"):
            given["name"] = given["person"].full_name
        elif not given.get("name"):
            self.add_error("name", _now("氏名を入力するか、従業員から選んでください。"))
        return given


class PlanLineForm(NoMyNumber, forms.Form):
    """One session; a line left empty is none."""

    day = DayField(label=_("日"), required=False)
    starts_at = ClockField(label=_("開始"), required=False)
    ends_at = ClockField(label=_("終了"), required=False)
    break_minutes = forms.IntegerField(label=_("休憩（分）"), min_value=0, max_value=120, required=False)
    topic = forms.CharField(label=_("内容"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if any(given.get(name) for name in self.fields):
            for name in ("day", "starts_at", "ends_at", "topic"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _now("1回の行には、日・開始・終了・内容を入力してください。"))
        return given

    @property
    def visit(self) -> Visit | None:
        if not self.cleaned_data.get("day"):
            return None
        return Visit(**{**self.cleaned_data, "break_minutes": self.cleaned_data["break_minutes"] or 0})


class MoveForm(NoMyNumber, forms.Form):
    """The time a session is wanted at instead."""

    day = DayField(label=_("日"))
    starts_at = ClockField(label=_("開始"))
    ends_at = ClockField(label=_("終了"))
    break_minutes = forms.IntegerField(label=_("休憩"), min_value=0, max_value=120, required=False)
    because = forms.CharField(
        label=_("変更の理由"), max_length=400, help_text=_("例：機械の修理が終わるのが、次の週になるため")
    )

    def visit_of(self, topic: str) -> Visit:
        """Once it is valid."""
        given = self.cleaned_data
        return Visit(given["day"], given["starts_at"], given["ends_at"], given["break_minutes"] or 0, topic)


def plan_lines(data: Any) -> list[PlanLineForm]:
    return [PlanLineForm(data, prefix=f"v{n}") for n in range(LINES)]


def visits_of(lines: Iterable[PlanLineForm]) -> list[Visit]:
    return [visit for line in lines if (visit := line.visit)]
