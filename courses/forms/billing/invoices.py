"""What one types about an invoice: until when to pay, when it was paid, why it is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber

DAY_ERRORS = {"required": _("日付を入れてください。"), "invalid": _("日付を 2027-04-30 の形で入れてください。")}


class IssueForm(forms.Form):
    due_on = DayField(label=_("支払期限"), error_messages=DAY_ERRORS)


class PaidForm(forms.Form):
    paid_on = DayField(label=_("入金日"), error_messages=DAY_ERRORS)


class CancelForm(NoMyNumber, forms.Form):
    reason = forms.CharField(
        label=_("取り消す理由"),
        max_length=200,
        error_messages={"required": _("取り消す理由を書いてください。請求先の企業に届きます。")},
    )
