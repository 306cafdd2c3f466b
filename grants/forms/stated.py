"""What the firm states for its papers, one form a kind; lists are rows of one form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from firms.forms.fields import AmountField, DayField, InsuranceNumberField, KanaField, NoMyNumber
from firms.words.saying import said as _
from grants.models import Channel, Stated
from grants.subjects.confirming import Item

YES_NO = [("yes", gettext_lazy("はい")), ("no", gettext_lazy("いいえ"))]
FOUND_BY = [
    ("approached", gettext_lazy("教育訓練機関などから営業を受けた")),
    ("searched", gettext_lazy("自ら検索・比較して選んだ")),
    ("other", gettext_lazy("その他")),
]
# ①免許 to ⑥高度IT資格 of 様式第10号, for one's own and for others.
GROUNDS = [
    ("licence", gettext_lazy("職業訓練指導員免許がある")),
    ("first_grade", gettext_lazy("1級の技能検定に合格している")),
    ("practice", gettext_lazy("実務経験が10年以上ある")),
    ("it", gettext_lazy("高度な情報処理の資格がある（高度デジタル人材訓練とリスキリングだけ）")),
    ("school", gettext_lazy("学校や職業能力開発施設に属する（部外の講師だけ）")),
    ("teaching", gettext_lazy("その科目を3年以上教えている（部外の講師だけ）")),
]
ACCOUNT_KINDS = [("ordinary", gettext_lazy("普通")), ("checking", gettext_lazy("当座"))]
MOST_ROWS, BLANK_ROWS = 40, 3
FIRST_STANDING, LAST_STANDING = 4, 16


def yes_no(label: Any, **extra: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect, coerce=lambda said: said == "yes", **extra
    )


def several(label: Any, *, rows: int = 3, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=600, **extra)


class StatedForm(NoMyNumber, forms.Form):
    """`facts` is what is kept; `filled` turns it back into what the form shows."""

    def facts(self) -> dict[str, object]:
        return {name: as_json(value) for name, value in self.cleaned_data.items()}

    @classmethod
    def filled(cls, facts: Mapping[str, object]) -> dict[str, object]:
        said = {True: "yes", False: "no"}
        return {name: said[value] if isinstance(value, bool) else value for name, value in facts.items()}


def as_json(value: Any) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


class NoticeForm(StatedForm):
    """Boxes 10, 16, 17 and 18 of 様式第1-1号."""

    has_exam = yes_no(
        gettext_lazy("資格試験を訓練に含める（欄10）"),
        help_text=gettext_lazy("訓練と一緒に費用を申請する資格試験です。人材育成支援コースでは「いいえ」にします。"),
    )
    exam = forms.CharField(label=gettext_lazy("資格試験の名称"), max_length=80, required=False)
    exam_on = DayField(label=gettext_lazy("受験する日"), required=False)
    found_by = forms.ChoiceField(
        label=gettext_lazy("連携校と契約した経緯（欄16④）"), choices=FOUND_BY, widget=forms.RadioSelect
    )
    found_note = forms.CharField(label=gettext_lazy("「その他」の内容"), max_length=100, required=False)
    is_reduction_offered = yes_no(gettext_lazy("負担が軽くなる提案を受けた（欄16）"))
    has_material = yes_no(
        gettext_lazy("その説明の資料がある（欄16）"), help_text=gettext_lazy("あるときは計画届に写しを添えます。")
    )
    digital = forms.CharField(
        label=gettext_lazy("デジタル人材の区分（欄17）"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("デジタル人材を育てる訓練のときだけ、様式の6つの区分から書きます。ほかは空欄にします。"),
    )
    men = forms.IntegerField(label=gettext_lazy("そのうち男"), min_value=0, max_value=999, required=False)
    women = forms.IntegerField(label=gettext_lazy("そのうち女"), min_value=0, max_value=999, required=False)
    used_centre = yes_no(gettext_lazy("キャリア形成・リスキリング支援センターを利用した（欄18）"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needs = [
            ("exam", cleaned.get("has_exam"), _("資格試験の名称を入力してください。")),
            ("exam_on", cleaned.get("has_exam"), _("受験する日を入力してください。")),
            ("found_note", cleaned.get("found_by") == "other", _("「その他」の内容を入力してください。")),
        ]
        needs += [
            (who, cleaned.get("digital"), _("人数を入力してください。いないときは 0 です。"))
            for who in ("men", "women")
        ]
        for name, is_needed, sentence in needs:
            if is_needed and cleaned.get(name) in ("", None) and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


class PriceForm(StatedForm):
    """様式第28号."""

    reason = several(
        gettext_lazy("受講料をその額に決めた理由"),
        help_text=gettext_lazy("連携校の料金表、ほかの受講者の料金、見積りの内訳など、額の根拠を書きます。"),
    )
    is_same_without_grant = yes_no(gettext_lazy("助成金を使わないときも同じ受講料である"))
    fee_without_grant = AmountField(
        label=gettext_lazy("助成金を使わないときの1人当たりの受講料"),
        required=False,
        help_text=gettext_lazy("同じ額なら空欄にします。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_same_without_grant") is False and cleaned.get("fee_without_grant") is None:
            self.add_error(
                "fee_without_grant", _("助成金を使わないときの額を入力してください。差額は対象になりません。")
            )
        return cleaned


class StandingForm(StatedForm):
    """共通要領様式第1号: whoever says 「いいえ」 to one of them draws nothing, and is told so here."""

    all_yes = yes_no(
        gettext_lazy("4から16までのすべてに「はい」と答える"),
        help_text=gettext_lazy(
            "不正受給、労働保険料の未納、送検、風俗営業、暴力団との関係、倒産などがなく、調査・公表・返還に応じることです。"
            "「いいえ」が1つでもあると支給されません。"
        ),
    )
    refused = forms.MultipleChoiceField(
        label=gettext_lazy("「いいえ」の番号"),
        choices=[(str(n), str(n)) for n in range(FIRST_STANDING, LAST_STANDING + 1)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("all_yes") is bool(cleaned.get("refused")) and "all_yes" in cleaned:
            self.add_error("refused", _("「いいえ」があるときだけ、その番号を選んでください。"))
        return cleaned

    def facts(self) -> dict[str, object]:
        return {"refused": self.cleaned_data["refused"]}

    @classmethod
    def filled(cls, facts: Mapping[str, object]) -> dict[str, object]:
        return {"all_yes": "no" if facts["refused"] else "yes", "refused": facts["refused"]}


class AccountForm(StatedForm):
    """支払方法・受取人住所届: the account the office pays into, the firm's own."""

    given_numbers = ("number",)
    bank = forms.CharField(label=gettext_lazy("金融機関の名称"), max_length=60)
    branch = forms.CharField(label=gettext_lazy("店舗の名称"), max_length=60)
    bank_code = forms.RegexField(r"^\d{4}$", label=gettext_lazy("金融機関コード（4桁）"))
    branch_code = forms.RegexField(r"^\d{3}$", label=gettext_lazy("店舗コード（3桁）"))
    kind = forms.ChoiceField(label=gettext_lazy("口座の種類"), choices=ACCOUNT_KINDS, widget=forms.RadioSelect)
    number = forms.RegexField(r"^\d{7}$", label=gettext_lazy("口座番号（7桁）"))
    holder = forms.CharField(
        label=gettext_lazy("口座名義"), max_length=80, help_text=gettext_lazy("法人は、法人名義の口座だけです。")
    )
    holder_kana = KanaField(label=gettext_lazy("口座名義（フリガナ）"), max_length=80)


class RowForm(StatedForm):
    """One row of a list; without a name it is none, with one it holds what is needed."""

    needed: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.needed if cleaned.get("name") else ():
            if cleaned.get(name) in ("", None) and name not in self.errors:
                self.add_error(name, _("この行のこの欄も入力してください。"))
        return cleaned


class DirectorForm(RowForm):
    """One of 役員等一覧; a row without a name is no row."""

    name = forms.CharField(label=gettext_lazy("氏名"), max_length=60, required=False)
    kana = KanaField(label=gettext_lazy("氏名（フリガナ）"), max_length=80, required=False)
    former_name = forms.CharField(
        label=gettext_lazy("変更前の氏名（就任中に変わったとき）"), max_length=60, required=False
    )
    position = forms.CharField(label=gettext_lazy("役職"), max_length=40, required=False)
    born_on = DayField(label=gettext_lazy("生年月日"), required=False)
    needed = ("kana", "born_on")


class HouseForm(RowForm):
    """One establishment of 様式第13号, uninsured ones included."""

    name = forms.CharField(label=gettext_lazy("事業所の名称"), max_length=120, required=False)
    number = InsuranceNumberField(label=gettext_lazy("雇用保険適用事業所番号（ないときは空欄）"), required=False)
    employees = forms.IntegerField(
        label=gettext_lazy("常時雇用する労働者数"), min_value=0, max_value=99_999, required=False
    )
    needed = ("employees",)


class LecturerForm(StatedForm):
    """One lecturer of 様式第10号."""

    name = forms.CharField(label=gettext_lazy("講師の氏名"), max_length=60, required=False)
    is_own = yes_no(gettext_lazy("部内の講師（この会社の役員か従業員）"), required=False)
    department = forms.CharField(label=gettext_lazy("所属する部署"), max_length=60, required=False)
    position = forms.CharField(label=gettext_lazy("役職"), max_length=40, required=False)
    work = forms.CharField(label=gettext_lazy("主な業務"), max_length=100, required=False)
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("講師の要件"), choices=GROUNDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    school = forms.CharField(label=gettext_lazy("属する学校・施設の名称"), max_length=100, required=False)
    licences = several(gettext_lazy("免許・資格（名称、取得した時期、機関、内容）"), required=False)
    teaching = several(gettext_lazy("講師の経験（期間、機関、学科・講義、内容）"), required=False)
    career = several(gettext_lazy("職務の経歴（期間、会社・所属、役職・職務）"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("name"):
            if not cleaned.get("grounds"):
                self.add_error("grounds", _("講師の要件を1つ以上選んでください。"))
            if cleaned.get("is_own") in ("", None):
                self.add_error("is_own", _("部内か部外かを選んでください。"))
        return cleaned


class RowSet(forms.BaseFormSet):
    """The rows with a name; the others are left blank on purpose."""

    def clean(self) -> None:
        if not any(self.errors) and not self.kept():
            raise ValidationError(_("1行以上入力してください。"))

    def kept(self) -> list[StatedForm]:
        return [form for form in self.forms if form.cleaned_data.get("name")]

    def facts(self) -> dict[str, object]:
        return {"rows": [form.facts() for form in self.kept()]}


def rows_of(row: type[StatedForm]) -> type[RowSet]:
    made: type[RowSet] = forms.formset_factory(  # type: ignore[assignment]
        row, formset=RowSet, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return made


ONE: dict[str, type[StatedForm]] = {
    Stated.NOTICE: NoticeForm,
    Stated.PRICE: PriceForm,
    Stated.STANDING: StandingForm,
    Stated.ACCOUNT: AccountForm,
}
ROWS: dict[str, type[StatedForm]] = {
    Stated.LECTURERS: LecturerForm,
    Stated.DIRECTORS: DirectorForm,
    Stated.HOUSES: HouseForm,
}


class ConfirmationForm(StatedForm):
    """様式第11号 on the firm's own telephone: one mark an item."""

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = items
        for item in items:
            self.fields[f"item_{item.no}"] = forms.BooleanField(
                label=f"{item.no}　{item.says}",
                required=True,
                error_messages={"required": _("「該当しない」の印がありません。")},
            )

    def facts(self) -> dict[str, object]:
        return {"items": [item.no for item in self.asked]}


def channel_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("提出の方法"),
        choices=Channel.Way.choices,
        initial=Channel.Way.PAPER,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "計画届と同じ方法で、変更届と支給申請も出します。途中で変えられません。記録のまちがいは、案件の画面から訂正できます。"
        ),
    )
