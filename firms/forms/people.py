"""Forms about employments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, InsuranceNumberField, KanaField, NoMyNumber, PlainText
from firms.models import Employment, Establishment, Organisation, WorkingPattern
from firms.models.employments import Contract
from firms.models.people import NAME_FIELDS

INSURED_HELP = _("4桁-6桁-1桁。雇用保険被保険者証にあります。マイナンバーではありません。")


class TermsForm(NoMyNumber, forms.Form):
    """The terms both a new and a changed employment have."""

    insured_number = InsuranceNumberField(label=_("雇用保険被保険者番号"), required=False, help_text=INSURED_HELP)
    contract = forms.ChoiceField(label=_("雇用形態"), choices=[("", _("選んでください")), *Contract.choices])
    job_title = forms.CharField(label=_("職務"), max_length=60, required=False)
    pattern = forms.ModelChoiceField(
        WorkingPattern.objects.none(),
        label=_("勤務形態"),
        required=False,
        empty_label=_("未定"),
        help_text=_("所定労働時間のうちの訓練時間だけが、賃金助成の対象になります。"),
    )

    def offer_patterns(self, organisation: Organisation) -> None:
        patterns = WorkingPattern.objects.filter(establishment__organisation=organisation)
        self.fields["pattern"].queryset = patterns  # type: ignore[attr-defined]


class NewEmploymentForm(TermsForm):
    email = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("入力すると、本人にログインの招待を送ります。なくても登録でき、受講もできます。"),
    )
    family_name = forms.CharField(label=_("姓"), max_length=40)
    given_name = forms.CharField(label=_("名"), max_length=40)
    family_kana = KanaField(label=_("姓（フリガナ）"), max_length=60)
    given_kana = KanaField(label=_("名（フリガナ）"), max_length=60)
    establishment = forms.ModelChoiceField(Establishment.objects.none(), label=_("事業所"), empty_label=None)
    started_on = DayField(label=_("雇入日"))

    field_order = ["family_name", "given_name", "family_kana", "given_kana", "email", "establishment", "started_on"]

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["establishment"].queryset = organisation.establishments.all()  # type: ignore[attr-defined]
        self.offer_patterns(organisation)


class EmploymentForm(TermsForm):
    changed_on = DayField(
        label=_("変更日"),
        required=False,
        help_text=_("雇用形態か勤務形態を変えるときに入力します。前の条件はその前日までとして残ります。"),
    )

    def __init__(self, *args: Any, employment: Employment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {
            name: getattr(employment, name) for name in ("insured_number", "contract", "job_title", "pattern")
        }
        self.offer_patterns(employment.establishment.organisation)


class RegistrationForm(NoMyNumber, forms.Form):
    """What was registered of somebody, to be put right."""

    family_name = forms.CharField(label=_("姓"), max_length=40)
    given_name = forms.CharField(label=_("名"), max_length=40)
    family_kana = KanaField(label=_("姓（フリガナ）"), max_length=60)
    given_kana = KanaField(label=_("名（フリガナ）"), max_length=60)
    email = forms.EmailField(
        label=_("招待先のメールアドレス"),
        required=False,
        help_text=_("変えると前の招待は使えなくなり、新しい宛先に招待を送ります。"),
    )
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(),
        label=_("事業所"),
        empty_label=None,
        help_text=_("事業所を変えたときは、あとで勤務形態を選び直してください。"),
    )
    started_on = DayField(label=_("雇入日（この条件の最初の日）"))
    ended_on = DayField(label=_("最後の日"), required=False, help_text=_("雇用が続いているときは空欄にします。"))
    reason = forms.CharField(label=_("訂正の理由"), max_length=400, help_text=_("例：雇用契約書の日付と違っていた。"))

    def __init__(self, *args: Any, employment: Employment, may_rename: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        person = employment.person
        self.initial = {name: getattr(person, name) for name in NAME_FIELDS} | {
            name: getattr(employment, name) for name in ("email", "establishment", "started_on", "ended_on")
        }
        establishments = employment.establishment.organisation.establishments.all()
        self.fields["establishment"].queryset = establishments  # type: ignore[attr-defined]
        if not may_rename:
            for name in NAME_FIELDS:
                del self.fields[name]
        if person.email:
            del self.fields["email"]


class OwnNameForm(NoMyNumber, forms.Form):
    family_name = forms.CharField(label=_("姓"), max_length=40)
    given_name = forms.CharField(label=_("名"), max_length=40)
    family_kana = KanaField(label=_("姓（フリガナ）"), max_length=60)
    given_kana = KanaField(label=_("名（フリガナ）"), max_length=60)


class EndForm(NoMyNumber, forms.Form):
    ended_on = DayField(label=_("雇用の最後の日"))


class PeopleSearch(PlainText, forms.Form):
    compact = True
    q = forms.CharField(label=_("氏名・フリガナ・被保険者番号"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("雇用"), required=False, choices=[("", _("雇用中")), ("ended", _("終了")), ("all", _("すべて"))]
    )
