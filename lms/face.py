"""The face: how forms are drawn, and the page that shows every component at once."""

import re
from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class FormRenderer(TemplatesSetting):
    """Every {{ form }} and {{ field.as_field_group }} in the manner of the design system."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"


class SampleForm(forms.Form):
    """One field of each kind, for the style page."""

    name = forms.CharField(label=_("講座の名称"), max_length=60, help_text=_("受講する人に見える名前です。"))
    email = forms.EmailField(label=_("メールアドレス"), required=False)
    fee = forms.IntegerField(label=_("受講料"), min_value=0)
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("選んでください")), ("dx", "DX"), ("gx", "GX")])
    starts_on = forms.DateField(
        label=_("開始日"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("開始日が入力されていません。初回のコマの日を入力してください。")},
    )
    starts_at = forms.DateTimeField(
        label=_("初回の日時"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    place = forms.ChoiceField(
        label=_("実施の方法"),
        widget=forms.RadioSelect,
        choices=[("hall", _("会場に集まる")), ("online", _("オンライン"))],
    )
    days = forms.MultipleChoiceField(
        label=_("希望する曜日"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("月曜日")), ("wed", _("水曜日")), ("fri", _("金曜日"))],
    )
    paper = forms.FileField(label=_("案内の書類"), required=False, help_text=_("PDFまたは画像。10MBまで。"))
    note = forms.CharField(label=_("備考"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label=_("記載した内容に相違ないことを確認しました"))


def icon_names() -> list[str]:
    sprite = Path(__file__).parent / "static" / "lms" / "icons.svg"
    return re.findall(r'symbol id="([a-z-]+)"', sprite.read_text())


@login_not_required
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component in one picture, with invented words."""
    today = date(2026, 11, 22)
    return render(
        request,
        "lms/style.html",
        {
            "today": today,
            "deadlines": [today + timedelta(days=days) for days in (-2, 0, 3, 12, 40)],
            "form": SampleForm(),
            "refused": SampleForm({"email": "yamada@", "fee": "-1"}),
            "page": Paginator(range(240), 20).get_page(request.GET.get("page", 5)),
            "rows": [("大森機械製作所", 1_320_000), ("蒲田精密", 880_000), ("羽田製作所", 264_000)],
            "tones": ["neutral", "info", "success", "warning", "error", "solid"],
            "icons": icon_names(),
        },
    )
