"""Every yen one types is forgiven its commas, its width and its sign, in whatever form it stands."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from firms.forms.fields import AmountField

OURS = ("firms", "courses", "grants", "lms", "trials", "mentors")
TYPED = ("58000", "58,000", "５８０００", "５８，０００", "58,000円", "¥58,000", "￥５８，０００", " 58,000 円 ")


def modules():
    for label in OURS:
        root = importlib.import_module(label)
        for one in pkgutil.walk_packages(root.__path__, f"{label}."):
            if ".forms" in one.name:
                yield importlib.import_module(one.name)


def amounts():
    """(form, field) of every field that is named after yen."""
    found = {}
    for module in modules():
        for form in vars(module).values():
            if isinstance(form, type) and issubclass(form, forms.BaseForm):
                found |= {
                    f"{form.__name__}.{name}": field
                    for name, field in getattr(form, "base_fields", {}).items()
                    if name.endswith("_yen")
                }
    return found


AMOUNTS = amounts()


def test_every_column_of_yen_that_is_typed_is_walked():
    assert {"CostForm.amount_yen", "DecisionForm.amount_yen", "PaymentForm.amount_yen"} <= set(AMOUNTS)
    assert {"RunForm.fee_yen", "CourseForm.fee_yen", "CourseForm.textbook_yen"} <= set(AMOUNTS)
    assert {"OrganisationForm.capital_yen", "NewOrganisationForm.capital_yen"} <= set(AMOUNTS)
    assert apps.is_installed("grants")


@pytest.mark.parametrize("name", AMOUNTS)
@pytest.mark.parametrize("typed", TYPED)
def test_amounts_forgive_how_they_were_typed(name, typed):
    field = AMOUNTS[name]

    assert isinstance(field, AmountField)
    assert field.clean(typed) == 58_000
    assert field.widget.input_type == "text"


@pytest.mark.parametrize("name", AMOUNTS)
@pytest.mark.parametrize("typed", ["5,8000", "58.5", "五万", "58,000円です", "1,,000"])
def test_what_is_no_amount_is_asked_again(name, typed):
    with pytest.raises(ValidationError, match="金額は数字で入力してください"):
        AMOUNTS[name].clean(typed)


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts_end_where_the_table_does(name):
    assert AMOUNTS[name].clean("2,000,000,000") == 2_000_000_000
    with pytest.raises(ValidationError):
        AMOUNTS[name].clean("9,999,999,999,999,999,999")
