"""Forms of a subscription: what is bought and by whom it is used, and what they completed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, NoMyNumber, PlainText
from firms.models import Establishment, Person
from grants.actions.subscriptions import ContractTold
from grants.forms.cases import day

MOST = 100_000
MOST_MINUTES = 60 * 2_000


def count(label: Any, *, least: int = 1, **extra: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "w-medium"})
    return forms.IntegerField(label=label, min_value=least, max_value=MOST, required=False, widget=widget, **extra)


class OpenSubscriptionForm(NoMyNumber, forms.Form):
    establishment = forms.ModelChoiceField(
        label=_("事業所"),
        queryset=Establishment.objects.none(),
        empty_label=_("選んでください"),
        help_text=_("いくつかの事業所で使うときは、使う人がいちばん多い事業所です。"),
    )
    service = forms.CharField(label=_("サービスの名称"), max_length=100)
    contract_from = day(_("契約期間の初日"))
    contract_to = day(_("契約期間の最終日"), help_text=_("1年を超える契約は、1年ごとに分けて届け出ます。"))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["establishment"].queryset = places  # type: ignore[attr-defined]

    def told(self) -> ContractTold:
        return ContractTold(**{name: value for name, value in self.cleaned_data.items() if name != "establishment"})


class SubscriptionForm(NoMyNumber, forms.Form):
    """The facts of 様式第1-1号 and 第6-3号; what is not known yet may stay open."""

    service = forms.CharField(label=_("サービスの名称"), max_length=100)
    contract_from = day(_("契約期間の初日"))
    contract_to = day(_("契約期間の最終日"))
    renews = forms.BooleanField(label=_("自動更新の契約である"), required=False)
    provider = forms.CharField(label=_("教育訓練機関の名称"), max_length=100, required=False)
    provider_leader = forms.CharField(label=_("教育訓練機関の代表者"), max_length=60, required=False)
    provider_address = forms.CharField(label=_("教育訓練機関の所在地"), max_length=200, required=False)
    price_yen = AmountField(
        label=_("契約額（税込）"),
        min_value=1,
        required=False,
        help_text=_("初期費用・アカウント料・管理者ID・容量の追加を含みます。端末やWi-Fiの借料は含みません。"),
    )
    accounts = count(_("契約者数（使える人数）"))
    courses = count(_("受けられる講座の数"))
    excluded_courses = count(_("そのうち助成の対象にならない講座の数"), least=0)
    paid_on = day(_("契約額を払い終えた日"), required=False)
    people = forms.ModelMultipleChoiceField(
        label=_("対象労働者（様式第3-2号）"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("一覧にない人が受講しても、対象労働者には数えられません。"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.full_name  # type: ignore[attr-defined]

    def told(self) -> ContractTold:
        return ContractTold(**{name: value for name, value in self.cleaned_data.items() if name != "people"})


class LearningForm(PlainText, forms.Form):
    """One field a person of the list, named by their key."""

    reached_on = day(
        _("修了した時間の合計が10時間に達した日"),
        required=False,
        help_text=_("1時間以上修了した人の合計です。入力すると、契約の終わりを待たずに支給申請ができます。"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in people:
            self.fields[f"minutes_{row.person_id}"] = forms.IntegerField(
                label=_("%(name)sさんが修了した時間（分）") % {"name": row.person.full_name},
                min_value=0,
                max_value=MOST_MINUTES,
                required=False,
                initial=row.minutes,
                widget=forms.NumberInput(attrs={"class": "w-medium"}),
            )

    def minutes(self) -> dict[int, int | None]:
        return {
            int(name.removeprefix("minutes_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("minutes_")
        }


class SubscriptionFilingForm(PlainText, forms.Form):
    filed_on = day(_("届出日（労働局に届いた日）"))
    receipt_number = forms.CharField(label=_("計画届の受付番号"), max_length=40)


class SubscriptionChangeForm(PlainText, forms.Form):
    filed_on = day(_("変更届が労働局に届いた日"))
