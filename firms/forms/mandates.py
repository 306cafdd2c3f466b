"""Forms by which a mandate is asked for: from the office, and from the firm."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import CorporateNumberField, DayField, NoMyNumber
from firms.models import Membership, Organisation
from firms.models.mandates import Capacity, Scope
from firms.models.organisations import Kind, Role


class AdvisorField(forms.ModelChoiceField):
    """A 社会保険労務士 by name; the firm also sees the office."""

    with_office = False

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation.name} {obj.person.full_name}" if self.with_office else obj.person.full_name


class TermForm(NoMyNumber, forms.Form):
    """Capacity, scope and term, which both sides state alike."""

    capacity = forms.ChoiceField(
        label=_("資格"),
        widget=forms.RadioSelect,
        choices=Capacity.choices,
        help_text=_("助成金の様式の「代理人等」欄に記載されます。"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("委任の範囲"), widget=forms.CheckboxSelectMultiple, choices=Scope.choices
    )
    starts_on = DayField(label=_("開始日"))
    ends_on = DayField(label=_("終了日"), required=False, help_text=_("空欄のときは、どちらかが解除するまで続きます。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("終了日は開始日以後の日付にしてください。"))
        return cleaned


class OfficeMandateForm(TermForm):
    """An office asks a firm, which it names by its 法人番号."""

    corporate_number = CorporateNumberField(label=_("企業の法人番号"))
    advisor = AdvisorField(Membership.objects.none(), label=_("担当社会保険労務士"), empty_label=None)

    field_order = ["corporate_number", "advisor"]

    def __init__(self, *args: Any, organisation: Organisation, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["advisor"].queryset = advisors(on).filter(organisation=organisation)  # type: ignore[attr-defined]


class FirmMandateForm(TermForm):
    """A firm asks an office, by naming its 社会保険労務士."""

    advisor = AdvisorField(Membership.objects.none(), label=_("社労士事務所と担当者"), empty_label=_("選んでください"))

    field_order = ["advisor"]

    def __init__(self, *args: Any, organisation: Organisation, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["advisor"].queryset = advisors(on)  # type: ignore[attr-defined]
        self.fields["advisor"].with_office = True  # type: ignore[attr-defined]


def advisors(on: date) -> Any:
    return (
        Membership.objects.on(on)
        .filter(organisation__kind=Kind.OFFICE, role=Role.ADVISOR, person__is_active=True)
        .select_related("organisation", "person")
    )
