"""Forms about applications, recommendations, votes and certifications."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, EvidenceField, NoMyNumber, PlainText
from firms.words.saying import said as _now
from mentors import occupations, places
from mentors.actions.certifying.applying import PROOF
from mentors.models import Application
from mentors.models.certifying.applications import CareerKind

ROWS = 4
CHOOSE = ("", _("選んでください"))


def base_field() -> forms.ChoiceField:
    """Where somebody lives or works, as ward or city; who is not in the list leaves it."""
    return forms.ChoiceField(
        label=_("お住まいか仕事場の区市"),
        choices=[CHOOSE, *places.choices()],
        required=False,
        help_text=_(
            "派遣先までのおよその距離を出すために使います。番地は要りません。一覧になければ、選ばずに進みます。"
        ),
    )


class ApplicationForm(NoMyNumber, forms.ModelForm):
    occupation = forms.ChoiceField(label=_("職種"))
    qualified_on = DayField(label=_("資格を得た日（証書の日付）"))

    class Meta:
        model = Application
        fields = [
            "designation",
            "occupation",
            "qualification",
            "qualified_on",
            "teaches",
            "machines",
            "dx_facts",
            "base",
            "area",
            "languages",
            "employer",
            "is_willing",
            "consents",
        ]
        labels = {
            "is_willing": _("若い人の指導に取り組む意欲があります"),
            "consents": _("氏名・職種・指導内容・地域を、公開名簿に載せることに同意します（あとで変えられます）"),
        }
        help_texts = {
            "qualification": _("同等とは、現代の名工、技能五輪の上位入賞などです。"),
            "teaches": _("例：汎用旋盤のねじ切り、段取りの組み方、若手への教え方"),
            "machines": _("例：汎用旋盤、NC旋盤、三次元測定機"),
            "dx_facts": _("「+DX」を申請する方だけ。例：稼働の記録を表にして段取り時間を3割減らした"),
            "area": _("例：大田区、品川区"),
            "employer": _("いま勤めていない方は、空欄にします。"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["occupation"] = forms.ChoiceField(label=_("職種"), choices=[CHOOSE, *occupations.choices()])
        self.fields["base"] = base_field()


class StretchForm(NoMyNumber, forms.Form):
    """One line of the career; one left empty is none."""

    kind = forms.ChoiceField(label=_("経験の種類"), choices=[CHOOSE, *CareerKind.choices], required=False)
    place = forms.CharField(label=_("勤め先・指導した先"), max_length=120, required=False)
    first_on = DayField(label=_("最初の日"), required=False)
    last_on = DayField(label=_("最後の日（続いていれば空欄）"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if any(given.get(name) for name in self.fields):
            for name in ("kind", "place", "first_on"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _now("経歴の行は、種類・勤め先・最初の日を書いてください。"))
        return given

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("kind"))


def career_forms(data: Any, *, kept: Sequence[Mapping[str, Any]]) -> list[StretchForm]:
    """As many lines as are kept, and some more to fill."""
    count = max(len(kept) + 2, ROWS)
    return [
        StretchForm(data, prefix=f"s{n}", initial=dict(kept[n]) if n < len(kept) else None, auto_id="id_%s")
        for n in range(count)
    ]


class ProofForm(forms.Form):
    file = EvidenceField(
        label=_("書類を選ぶ"), kind=PROOF, help_text=_("技能検定の合格証書や表彰状の写真で構いません。")
    )


class AskRecommendationForm(NoMyNumber, forms.Form):
    name = forms.CharField(label=_("推薦してくださる方の氏名"), max_length=60)
    party = forms.CharField(label=_("その方の所属"), max_length=120, help_text=_("例：（架空）大森機械製作所 工場長"))
    email = forms.EmailField(
        label=_("その方のメールアドレス"),
        help_text=_("推薦のページを開くリンクを送ります。二親等以内の親族の方にはお願いできません。"),
    )


class BecauseForm(NoMyNumber, forms.Form):
    because = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class BoardMemberForm(NoMyNumber, forms.Form):
    name = forms.CharField(label=_("氏名"), max_length=60)
    party = forms.CharField(
        label=_("所属"), max_length=120, help_text=_("申請者の勤め先と同じなら、その審査から外れます。")
    )
    email = forms.EmailField(label=_("メールアドレス"), help_text=_("審査のリンクを送ります。ログインは要りません。"))


class CraftsmanForm(NoMyNumber, forms.Form):
    name = forms.CharField(label=_("職人の氏名"), max_length=60, help_text=_("例：山田 太郎"))
    email = forms.EmailField(label=_("メールアドレス"), help_text=_("登録のリンクを送ります。"))


class CheckForm(PlainText, forms.Form):
    """The code of a certificate however it was typed."""

    code = forms.CharField(
        label=_("照会コード"),
        max_length=60,
        error_messages={"required": _("認定証に書かれた照会コードを入力してください。")},
        help_text=_("認定証の左下に書かれた20文字です。QRコードを読むと、入力せずに確かめられます。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-medium"}
        ),
    )
