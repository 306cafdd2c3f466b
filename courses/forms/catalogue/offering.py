"""A course as it is written down, and the ward's reason for returning one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import frameworks
from courses.models import Course
from courses.models.catalogue.courses import Field
from courses.queries.catalogue.differences import items_of, label_of
from firms.forms.fields import NoMyNumber, amount_of
from firms.models import Organisation
from firms.models.organisations import Kind

# The form's own order, by the groups it is shown in.
GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("一覧に出ること"), ("title", "summary", "field", "level", "method", "timing", "offering", "language")),
    (_("時間・定員・費用"), ("hours", "seats", "fee_yen", "tax_percent", "textbook", "textbook_yen", "cancel_rule")),
    (_("内容と対象者"), ("goals", "syllabus", "audience", "prerequisites")),
    (_("修了の条件"), ("needed_percent", "needs_units", "needs_quiz", "needs_word", "completion_rule")),
    (
        _("受けやすさと問い合わせ"),
        (
            "has_captions",
            "is_wheelchair_accessible",
            "has_printable_history",
            "contact_name",
            "contact_phone",
            "contact_email",
            "provider_page",
        ),
    ),
)
FACTS = [name for _label, names in GROUPS for name in names]
LONGEST_TEXT = 4000
# What the ward asks a catalogue to say; a course may be listed without, but the college is told what is missing.
EXPECTED = ("goals", "syllabus", "audience", "cancel_rule", "completion_rule", "contact_name", "contact_phone")


@dataclass(frozen=True)
class SkillChoices:
    """One category of a skill standard in the picker."""

    label: str
    boxes: list[Any]
    chosen: int


class CourseForm(NoMyNumber, forms.ModelForm):
    given_numbers = ("provider_page",)
    field = forms.ChoiceField(label=_("分野"), choices=[("", _("選んでください")), *Field.choices])
    skills = forms.MultipleChoiceField(
        label=_("身につくスキル項目"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("いまのスキル標準にない項目です。選び直してください。")},
    )

    class Meta:
        model = Course
        fields = FACTS
        formfield_callback = amount_of
        widgets = {
            "goals": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
            "syllabus": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_TEXT}),
            "hours": forms.NumberInput(attrs={"class": "w-short", "step": "0.5", "min": "0.5"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
        }
        help_texts = {
            "summary": _("一覧に出ます。だれが何をできるようになるかを短く。"),
            "goals": _("1行に1つ。"),
            "syllabus": _("1行に1つ。計画届の「訓練の内容」にも使われます。"),
            "hours": _("食事の休憩を除いた時間。"),
            "offering": _("助成金では、だれでも申し込める公開講座か、1社のために作った講座かで扱いが変わります。"),
            "textbook_yen": _("受講料に含むときは0。"),
            "cancel_rule": _("例: 開講の前日17時までは受講料の80%を返金。その後は返金なし。"),
            "prerequisites": _("例: 入門編を修了していること。なければ空のまま。"),
            "needed_percent": _("助成金の支給には、多くの制度で80%以上が要ります。"),
            "completion_rule": _("受講する人に見せる説明。例: 総時間の80%以上に出席し、実技課題を提出すること。"),
            "has_printable_history": _("eラーニング・通信制の助成金では、受講履歴を印刷して出します。"),
            "provider_page": _("助成金では、だれでも申し込める講座であることを示すページが要ります。"),
        }
        error_messages = {"provider_page": {"invalid": _("https:// から始まるURLを入力してください。")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = items_of(self.instance)
        self.fields["skills"].choices = skill_choices(held)  # type: ignore[attr-defined]
        self.initial.setdefault("skills", held)
        for name in ("goals", "syllabus"):
            self.fields[name].max_length = LONGEST_TEXT  # type: ignore[attr-defined]
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_TEXT))

    def groups(self) -> list[tuple[object, list[forms.BoundField]]]:
        return [(label, [self[name] for name in names]) for label, names in GROUPS]

    def skill_groups(self) -> list[SkillChoices]:
        """The picker folded by category, open where something is chosen."""
        chosen = set(self["skills"].value() or ())
        boxes = {str(box.data["value"]): box for box in self["skills"]}
        return [
            SkillChoices(label, [boxes[key] for key, _name in items], len(chosen & {key for key, _name in items}))
            for label, items in self.fields["skills"].choices  # type: ignore[attr-defined]
        ]

    def clean_hours(self) -> Any:
        hours = self.cleaned_data["hours"]
        if hours <= 0:
            raise forms.ValidationError(_("総時間は0より大きい数で入力してください。"))
        return hours

    def clean_seats(self) -> int:
        return at_least_one_seat(self.cleaned_data["seats"])

    def clean_needed_percent(self) -> int:
        percent: int = self.cleaned_data["needed_percent"]
        if percent > 100:
            raise forms.ValidationError(_("出席率は0から100までの数で入力してください。"))
        return percent

    def facts(self) -> dict[str, Any]:
        """Columns and skill items; line breaks as the database keeps them, whatever the browser sent."""
        return {name: unified(self.cleaned_data[name]) for name in [*FACTS, "skills"]}


def skill_choices(held: list[str]) -> list[Any]:
    """Items in force by category, and those of older editions the course already has."""
    offered = frameworks.choices()
    known = {key for _label, items in offered for key, _name in items}
    old = [(key, frameworks.label(key)) for key in held if key not in known]
    return [*offered, (_("以前の版の項目"), old)] if old else offered


def unified(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def missing_words(course: Course) -> list[str]:
    """What the catalogue expects and the course does not say yet, by name."""
    return [label_of(name) for name in EXPECTED if not getattr(course, name)]


def at_least_one_seat(seats: int) -> int:
    if seats < 1:
        raise forms.ValidationError(_("定員は1人以上にしてください。"))
    return seats


class CollegeForm(forms.Form):
    """The ward's first question: whose course it is."""

    college: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("連携校"),
        queryset=None,
        empty_label=_("選んでください"),
        error_messages={"required": _("どの連携校の講座かを選んでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Organisation.objects.of_kind(Kind.COLLEGE).registered_on(timezone.localdate())
        self.fields["college"].queryset = choices  # type: ignore[attr-defined]


class ReturnForm(NoMyNumber, forms.Form):
    """Why something is returned or cancelled; those concerned read it."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False)


class RevisionReasonForm(NoMyNumber, forms.Form):
    """Why a change is returned; the row keeps it."""

    reason = forms.CharField(
        label=_("差戻しの理由"),
        help_text=_("連携校の事務担当に届きます。どこをどう直せばよいかを書いてください。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        error_messages={"required": _("差戻しの理由を書いてください。連携校はこの文を読んで直します。")},
    )
