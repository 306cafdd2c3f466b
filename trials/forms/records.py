"""Forms of what is kept beside the days: notes of a ledger, complaints and answers, accidents and their steps."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import ClockField, DayField, NoMyNumber
from trials.models import Accident, AccidentStep, Complaint, ComplaintAnswer, LedgerNote
from trials.states import Party

OF_HOST = ("officer", "phone", "commander", "unit", "duty")
OF_AGENCY = ("officer", "phone", "agreement_kind", "term_kind", "stability", "training")


class NoteForm(NoMyNumber, forms.ModelForm):
    """Each side fills in its own half of what the ledgers name."""

    class Meta:
        model = LedgerNote
        fields = [*OF_HOST, *[name for name in OF_AGENCY if name not in OF_HOST]]
        help_texts = {
            "duty": _("例：役職なし。部下なし。トラブルのときは班長に知らせる。"),
            "unit": _("例：製造部 機械加工課"),
            "training": _("例：12月1日 安全衛生教育 2時間"),
        }

    def __init__(self, *args: Any, side: Party, **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = OF_HOST if side == Party.HOST else OF_AGENCY
        self.fields = {name: self.fields[name] for name in wanted}
        for name in ("commander", "unit", "duty", "agreement_kind", "term_kind"):
            if name in self.fields:
                self.fields[name].required = True


class ComplaintForm(NoMyNumber, forms.ModelForm):
    raised_on = DayField(label=_("申出の日"))

    class Meta:
        model = Complaint
        fields = ["side", "raised_on", "content"]
        widgets = {"content": forms.Textarea(attrs={"rows": 5})}
        labels = {"side": _("申し出る先（どちらにも伝わります）")}

    def __init__(self, *args: Any, party: Party, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["side"] = forms.ChoiceField(
            label=_("申し出る先（どちらにも伝わります）"),
            choices=[(Party.AGENCY.value, _("派遣元責任者")), (Party.HOST.value, _("派遣先責任者"))],
        )
        if party != Party.WORKER:
            del self.fields["side"]


class ComplaintAnswerForm(NoMyNumber, forms.ModelForm):
    answered_on = DayField(label=_("対応した日"))

    class Meta:
        model = ComplaintAnswer
        fields = ["answered_on", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}


class AccidentForm(NoMyNumber, forms.ModelForm):
    """The moment in two fields, as telephones ask for it."""

    day = DayField(label=_("発生した日"))
    clock = ClockField(label=_("発生した時刻"))

    class Meta:
        model = Accident
        fields = ["place", "is_commuting", "injury", "story", "days_off"]
        widgets = {"story": forms.Textarea(attrs={"rows": 5})}

    field_order = ["day", "clock", "place", "is_commuting", "injury", "story", "days_off"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("day") and given.get("clock"):
            given["happened_at"] = timezone.make_aware(datetime.combine(given.pop("day"), given.pop("clock")))
        return given


class AccidentStepForm(NoMyNumber, forms.ModelForm):
    done_on = DayField(label=_("行った日"))

    class Meta:
        model = AccidentStep
        fields = ["done_on", "receipt"]
        help_texts = {"receipt": _("電子申請の受付番号など。なければ空欄にします。")}


class DaysOffForm(NoMyNumber, forms.Form):
    days_off = forms.IntegerField(label=_("休業の日数"), min_value=0, max_value=999)
