"""What the player and a quiz send."""

from django import forms
from django.http import QueryDict

from firms.film.stretches import Stretch
from firms.web.http import row_number

ANSWER = "q"


class StretchForm(forms.Form):
    """The seconds of a video seen in one go, to a tenth."""

    start = forms.FloatField(min_value=0, max_value=100_000)
    end = forms.FloatField(min_value=0, max_value=100_000)

    def stretch(self) -> Stretch:
        return round(self.cleaned_data["start"], 1), round(self.cleaned_data["end"], 1)


def answers_in(data: QueryDict) -> dict[int, list[int]]:
    """Fields q<question> with the numbers of the choices taken; whatever else a form says is no answer."""
    return {
        row_number(name.removeprefix(ANSWER)): [
            int(value) for value in data.getlist(name) if value.isdecimal() and len(value) <= 2
        ]
        for name in data
        if name.startswith(ANSWER) and row_number(name.removeprefix(ANSWER))
    }
