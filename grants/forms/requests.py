"""Forms of the documents an office asks for: the asking, and the answering by phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import EvidenceField, NoMyNumber
from firms.forms.links import GuestForm
from firms.models import ActionLink
from grants.actions.requests import KIND, given_of, waiting_items
from grants.models import EvidenceRequest, GrantCase
from grants.models.requests import LABEL_LETTERS


class CasesChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: GrantCase) -> str:
        return f"{obj.establishment.organisation.name}　{obj.number} {obj.run.course.title}"


class AskForm(NoMyNumber, forms.Form):
    labels = forms.MultipleChoiceField(
        label=_("お願いする書類"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    others = forms.CharField(
        label=_("ほかの書類"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("1行に1つ書きます。例：2月分の賃金台帳"),
    )
    due_on = forms.DateField(label=_("いつまでに"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label=_("ひとこと"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, cases: QuerySet[GrantCase], documents: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"] = CasesChoice(
            label=_("どの案件の書類か"),
            queryset=cases,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("案件を選んでください。")},
        )
        self.fields["labels"].choices = [(title, title) for title in documents]  # type: ignore[attr-defined]
        self.order_fields(["cases", "labels", "others", "due_on", "note"])

    def clean_others(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if any(len(line) > LABEL_LETTERS for line in lines):
            raise forms.ValidationError(_("1行は120字までにしてください。"))
        return lines

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "cases": list(data["cases"]),
            "labels": [*data["labels"], *data["others"]],
            "due_on": data["due_on"],
            "note": data["note"],
        }


def add_items(form: forms.Form, request: EvidenceRequest) -> None:
    """A file and a word for each document that is still waited for; a page that is sent once more finds all its own."""
    for item in request.items.all() if form.is_bound else waiting_items(request):
        form.fields[f"file_{item.pk}"] = EvidenceField(kind=KIND, label=item.label, required=False)
        form.fields[f"note_{item.pk}"] = forms.CharField(
            label=_("ファイルがないとき、ひとこと"), required=False, max_length=200
        )


class ItemFields:
    """The waiting documents as the page shows them."""

    held: EvidenceRequest

    def rows(self) -> list[dict[str, Any]]:
        form: Any = self
        return [
            {"item": item, "file": form[f"file_{item.pk}"], "note": form[f"note_{item.pk}"]}
            for item in waiting_items(self.held)
            if f"file_{item.pk}" in form.fields
        ]


class GuestAnswerForm(ItemFields, GuestForm):
    def __init__(self, *args: Any, link: ActionLink, **kwargs: Any) -> None:
        super().__init__(*args, link=link, **kwargs)
        self.held = EvidenceRequest.objects.get(pk=link.subject_id)
        add_items(self, self.held)


class AnswerRequestForm(ItemFields, NoMyNumber, forms.Form):
    """The same, signed in."""

    def __init__(self, *args: Any, held: EvidenceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        add_items(self, held)

    def given(self) -> dict[int, Any]:
        return dict(given_of(self.cleaned_data))
