"""A training completed outside the catalogue, as the ward's desk has seen it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from mentors.models.certifying.trainings import Training


class TrainingForm(NoMyNumber, forms.Form):
    training = forms.ChoiceField(label=_("講習"), choices=Training.choices)
    completed_on = DayField(label=_("修了した日"))
    place = forms.CharField(
        label=_("実施した機関"), max_length=120, help_text=_("例：東京都職業能力開発協会。修了証を見て記録します。")
    )
