"""How many people of a firm should have an item."""

import unicodedata
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses import frameworks

MOST_PEOPLE = 999


class PeopleField(forms.IntegerField):
    """A number of people in half or full width."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class TargetForm(forms.Form):
    item = forms.ChoiceField(
        label=_("スキル項目"), error_messages={"invalid_choice": _("一覧にある項目を選んでください。")}
    )
    people = PeopleField(
        label=_("目標の人数"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=1,
        error_messages={
            "invalid": _("人数を数字で入れてください。"),
            "min_value": _("0人以上で入れてください。0人にすると目標が消えます。"),
            "max_value": _("%(limit_value)s人までで入れてください。"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )

    def __init__(self, *args: Any, held: Collection[str] = (), **options: Any) -> None:
        """`held`: items that already have a target, which may belong to an edition offered no more."""
        super().__init__(*args, **options)
        offered = frameworks.choices()
        known = {key for _group, items in offered for key, _label in items}
        old = [(key, frameworks.shown(key).full_label) for key in held if key not in known]
        groups = [*offered, (str(_("以前の版")), old)] if old else offered
        self.fields["item"].choices = [("", _("選んでください")), *groups]  # type: ignore[attr-defined]
