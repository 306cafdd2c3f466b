"""The form by which a person says how they want to hear."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models.letters import ALWAYS, LetterKind, LetterWay, LetterWishes

WAY = "way_"


class LetterWishesForm(forms.Form):
    """One field for each kind that can be chosen, and the quiet hours."""

    quiet_from = forms.TimeField(
        label=_("静かな時間の始まり"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("この時間のメールは、終わってから届きます。両方を空にすると、いつでも届きます。"),
    )
    quiet_until = forms.TimeField(
        label=_("静かな時間の終わり"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, wishes: LetterWishes, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.update(quiet_from=wishes.quiet_from, quiet_until=wishes.quiet_until)
        kinds = {
            f"{WAY}{kind}": forms.ChoiceField(label=kind.label, choices=LetterWay.choices, initial=wishes.way_of(kind))
            for kind in LetterKind
            if kind not in ALWAYS
        }
        self.fields = kinds | self.fields

    @property
    def ways(self) -> dict[str, str]:
        return {name.removeprefix(WAY): value for name, value in self.cleaned_data.items() if name.startswith(WAY)}
