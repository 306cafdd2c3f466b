"""No one-line field of any form takes a control character; a set of forms takes its own number of them alone."""

import pytest
from django import forms
from django.urls import get_resolver, reverse

from firms.forms.fields import PlainText
from tests.test_house import SHELVES

CONTROLS = {"a line break": "\n", "a tab": "\t", "a bell": "\x07", "a next line": "\x85", "a line separator": "\u2028"}
KEPT_IN_LINES = "一行目\r\n\t二行目"


def below(kind):
    for sub in kind.__subclasses__():
        yield sub
        yield from below(sub)


def forms_with_text():
    """Every form of ours with a field that takes text as it is typed."""
    _loaded = get_resolver().url_patterns
    found = {form for form in below(forms.BaseForm) if form.__module__.split(".")[0] in SHELVES}
    found = {form for form in found if form.__module__ != "lms.face" and hasattr(form, "base_fields")}
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__name__}")


def texts_of(form):
    return {
        name: field
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)
    }


FIELDS = [
    pytest.param(form, name, id=f"{form.__module__}.{form.__name__}.{name}")
    for form in forms_with_text()
    for name in texts_of(form)
]


def test_every_form_with_text_refuses_them():
    assert len(FIELDS) > 60
    assert [form for form in forms_with_text() if texts_of(form) and not issubclass(form, PlainText)] == []


def problems(field, value):
    class One(PlainText, forms.Form):
        text = field

    return list(One({"text": value}).errors.get("text", []))


@pytest.mark.parametrize("sign", CONTROLS.values(), ids=CONTROLS)
def test_a_one_line_field_refuses_it_with_a_sentence(sign):
    (sentence,) = problems(forms.CharField(), f"蒲田{sign}精密")

    assert sentence.startswith("改行やタブなどの制御文字は使えません。")


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_every_field_refuses_a_bell(form, name):
    assert problems(texts_of(form)[name], "a\x07b")


def test_several_lines_keep_their_breaks_and_lose_no_other():
    lines = forms.CharField(widget=forms.Textarea)

    assert problems(lines, KEPT_IN_LINES) == []
    assert problems(lines, "一行目\x1b[2J")


@pytest.mark.parametrize("total", ["0", "6", "8", "2000", "-1", "x", ""])
def test_a_week_has_seven_days_whatever_the_post_counts(total, manager, establishment):
    hours = {f"week-{day}-{name}": "" for day in range(9) for name in ("starts_at", "ends_at")}
    counts = {"week-TOTAL_FORMS": total, "week-INITIAL_FORMS": "7"}

    answer = manager.client().post(
        reverse("firms:pattern_new"), {"name": "日勤", "establishment": establishment.pk, **hours, **counts}
    )

    assert answer.status_code == 200
    assert len(answer.context["week"].forms) == 7
    assert answer.context["week"].non_form_errors()
    assert not establishment.working_patterns.exists()
