"""The search over the catalogue: words and facets, and the facets in force as what one can take away again."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from courses import frameworks
from courses.models.catalogue.courses import Field, Level, Method, Timing
from courses.queries.catalogue.catalogue import Choices
from firms.forms.fields import PlainText
from firms.words.saying import said as _now

ANY = ("", _("すべて"))
SORT_LABELS = (
    ("", _("締切が近い順")),
    ("title", _("講座名")),
    ("fee", _("受講料が安い順")),
    ("hours", _("時間が短い順")),
)
WITH_COMMA = str.maketrans("", "", ",、，円 ")
LARGEST = 10_000_000


class AmountFacet(forms.IntegerField):
    """A number however it was typed: full or half width, with commas."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-amount"})
        super().__init__(**{"widget": widget, "required": False, "min_value": 0, "max_value": LARGEST, **options})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(unicodedata.normalize("NFKC", value).translate(WITH_COMMA) if value else value)


class LongSelect(forms.Select):
    """A select of hundreds of words without groups: one template for each of them would take longer than the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if key == chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


@dataclass(frozen=True)
class Chip:
    """One facet in force, and the address without it."""

    text: str
    url: str


class CatalogueForm(PlainText, forms.Form):
    compact = True

    q = forms.CharField(
        label=_("ことば"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("例: センサ 稼働")}),
    )
    field = forms.ChoiceField(label=_("分野"), required=False, choices=[ANY, *Field.choices])
    skill = forms.ChoiceField(label=_("身につくスキル"), required=False)
    level = forms.ChoiceField(label=_("レベル"), required=False, choices=[ANY, *Level.choices])
    method = forms.ChoiceField(label=_("実施方法"), required=False, choices=[ANY, *Method.choices])
    timing = forms.ChoiceField(label=_("時間帯"), required=False, choices=[ANY, *Timing.choices])
    hours_from = AmountFacet(label=_("総時間（下限）"))
    hours_to = AmountFacet(label=_("総時間（上限）"))
    fee_from = AmountFacet(label=_("受講料（下限）"))
    fee_to = AmountFacet(label=_("受講料（上限）"))
    college = forms.ChoiceField(label=_("連携校"), required=False, widget=LongSelect)
    area = forms.ChoiceField(label=_("会場の地域"), required=False, widget=LongSelect)
    is_open = forms.BooleanField(label=_("いま申し込める"), required=False)
    may_grant = forms.BooleanField(label=_("助成金の対象になり得る"), required=False)
    sort = forms.ChoiceField(required=False, choices=SORT_LABELS, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, choices: Choices) -> None:
        super().__init__(data)
        self.query = data
        self.offer("college", choices.colleges)
        self.offer("area", [(area, area) for area in choices.areas])
        self.offer("skill", by_standard(choices.items))

    def offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def facets(self) -> dict[str, Any]:
        """What was understood; a broken address asks for nothing there."""
        self.is_valid()
        return self.cleaned_data

    def chips(self) -> list[Chip]:
        """The facets in force in the order of the form; the sentence searched for is one of them."""
        return [Chip(text, self.without(name)) for name, text in self.in_force()]

    def in_force(self) -> Iterator[tuple[str, str]]:
        facets = self.facets()
        for name, field in self.fields.items():
            value = facets.get(name)
            if name == "sort" or value in (None, "", False):
                continue
            yield name, said(name, field, value)

    def without(self, name: str) -> str:
        rest = self.query.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        return f"?{rest.urlencode()}"


def by_standard(items: list[str]) -> list[Any]:
    """The items that courses are tagged with, grouped by standard; keys no file knows are left out."""
    known = [one for key in items if (one := frameworks.item(key))]
    groups = sorted({one.edition for one in known})
    return [(group, [(one.key, one.label) for one in known if one.edition == group]) for group in groups]


SAID = {
    "q": _("「%s」"),
    "hours_from": _("%s時間から"),
    "hours_to": _("%s時間まで"),
    "fee_from": _("%s円から"),
    "fee_to": _("%s円まで"),
}


def said(name: str, field: forms.Field, value: Any) -> str:
    """One facet in words: 分野: DX（デジタル）, 10時間まで, いま申し込める."""
    if value is True:
        return str(field.label)
    if name in SAID:
        return str(SAID[name]) % (f"{value:,}" if isinstance(value, int) else value)
    label = frameworks.label(value) if name == "skill" else dict(flat(field.choices)).get(str(value), value)  # type: ignore[attr-defined]
    return _now("%(facet)s: %(chosen)s") % {"facet": field.label, "chosen": label}


def flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if not isinstance(label, list | tuple):
            yield str(value), label
