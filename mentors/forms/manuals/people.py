"""Forms about people around a manual: in the picture, approving, sharing, keeping; and drawings of third parties."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import CorporateNumberField, NoMyNumber
from firms.forms.film import SecondField
from firms.forms.links import GuestForm
from firms.models import ActionLink, Person
from firms.words.saying import said as _now
from mentors.actions.manuals.approving import MOST_APPROVERS
from mentors.models import Appearance, Drawing
from mentors.models.manuals.approving import Verdict
from mentors.models.manuals.manuals import COVERED_BY, Visibility

NOBODY = ("", "—")


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [NOBODY, *((str(one.pk), one.full_name) for one in people)]


def reach_choices(appearance: Appearance) -> list[tuple[str, str]]:
    """As far as the manual is shown now, or further."""
    return [(one.value, str(one.label)) for one in COVERED_BY[Visibility(appearance.manual.visibility)]]


class AppearForm(GuestForm):
    shown_to = forms.ChoiceField(label=_("見られてよい人"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, link: ActionLink, **options: Any) -> None:
        super().__init__(*args, link=link, **options)
        appearance = Appearance.objects.select_related("manual").get(pk=link.subject_id)
        choices = reach_choices(appearance)
        self.fields["shown_to"] = forms.ChoiceField(
            label=_("見られてよい人"), choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )


class ReachForm(NoMyNumber, forms.Form):
    shown_to = forms.ChoiceField(label=_("見られてよい人"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, appearance: Appearance, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = reach_choices(appearance)
        self.fields["shown_to"] = forms.ChoiceField(
            label=_("見られてよい人"), choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )


class TakeBackForm(NoMyNumber, forms.Form):
    because = forms.CharField(
        label=_("理由"), max_length=200, required=False, help_text=_("書かなくてもかまいません。")
    )


class AppearanceForm(NoMyNumber, forms.Form):
    """Of the firm, or by name."""

    person = forms.ChoiceField(label=_("自社の人"), required=False)
    name = forms.CharField(label=_("社外の人の氏名"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("社外の人のメールアドレス"), required=False, help_text=_("同意をお願いするリンクを送れます。")
    )

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.fields["person"] = forms.ChoiceField(label=_("自社の人"), choices=people_choices(people), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["person"] = self.people.get(given.get("person") or "")
        if not given["person"] and not given.get("name"):
            self.add_error("name", _now("自社の人を選ぶか、社外の人の氏名を書いてください。"))
        return given


class DrawingForm(NoMyNumber, forms.ModelForm):
    at = SecondField(label=_("動画の時刻"), required=False)

    class Meta:
        model = Drawing
        fields = ["what", "owner_name", "permission"]
        help_texts = {"what": _("例：作業台の上の部品図"), "owner_name": _("例：（架空）城南精機")}


class ApproversForm(NoMyNumber, forms.Form):
    """The first, the second and so on; places left empty are none."""

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        for n in range(1, MOST_APPROVERS + 1):
            self.fields[f"a{n}"] = forms.ChoiceField(
                label=_now("%(n)s番目") % {"n": n}, choices=people_choices(people), required=False
            )

    @property
    def chosen(self) -> list[Person]:
        picked = (self.cleaned_data.get(f"a{n}") for n in range(1, MOST_APPROVERS + 1))
        return [self.people[one] for one in picked if one]


class ApprovalAnswerForm(NoMyNumber, forms.Form):
    verdict = forms.ChoiceField(label=_("判断"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("ひとこと"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("差し戻すときは、どこを直すかを書いてください。"),
    )


class PersonForm(NoMyNumber, forms.Form):
    person = forms.ChoiceField(label=_("氏名"))

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.fields["person"] = forms.ChoiceField(label=_("氏名"), choices=people_choices(people))

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class ReplaceForm(PersonForm):
    because = forms.CharField(label=_("替える理由"), max_length=200, help_text=_("例：3月末で退職したため"))


class VisibilityForm(NoMyNumber, forms.Form):
    visibility = forms.ChoiceField(label=_("見られる人"), choices=Visibility.choices, widget=forms.RadioSelect)


class ShareForm(NoMyNumber, forms.Form):
    """By its public number: which firms are here is shown to none."""

    given_numbers = ("number",)

    number = CorporateNumberField(
        label=_("共有する企業の法人番号"), max_length=20, help_text=_("13桁。相手の企業に尋ねてください。")
    )
