"""Public numbers: forgiven how they are typed, refused when wrong, and no individual number anywhere."""

import pytest
from django.core.exceptions import ValidationError

from firms.forms.organisations import EstablishmentForm, OrganisationForm
from firms.forms.people import NewEmploymentForm
from firms.numbers import (
    clean_corporate_number,
    clean_insurance_number,
    refuse_my_number_inside,
    validate_corporate_number,
    validate_insurance_number,
)
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    "typed", ["7000012050002", "７００００１２０５０００２", "7-0000-1205-0002", " 7000012050002 "]
)
def test_corporate_number_is_forgiven_its_writing(typed):
    assert clean_corporate_number(typed) == "7000012050002"


@pytest.mark.parametrize("typed", ["8000012050002", "700001205000", "70000120500021", "abc", ""])
def test_corporate_number_with_a_wrong_check_digit_or_length_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_corporate_number(typed)


def test_corporate_number_is_kept_in_half_width_alone():
    with pytest.raises(ValidationError):
        validate_corporate_number("７００００１２０５０００２")


@pytest.mark.parametrize("typed", ["1301-000001-1", "13010000011", "１３０１－０００００１－１", "1301ー000001ー1"])
def test_insurance_number_gets_its_dashes(typed):
    assert clean_insurance_number(typed) == "1301-000001-1"


@pytest.mark.parametrize("typed", ["1301-000001", "1301-0000011-1", "あ", "123456789012"])
def test_insurance_number_of_another_shape_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_insurance_number(typed)


def test_insurance_number_is_kept_with_its_dashes_alone():
    with pytest.raises(ValidationError):
        validate_insurance_number("13010000011")


@pytest.mark.parametrize(
    "typed", ["123456789012", "1234-5678-9012", "番号は１２３４ ５６７８ ９０１２です", "1234－5678－9012"]
)
def test_my_number_is_refused_wherever_it_hides(typed):
    with pytest.raises(ValidationError, match="マイナンバー"):
        refuse_my_number_inside(typed)


@pytest.mark.parametrize("typed", ["7000012050002", "03-0000-0001", "1301-000001-1", "+819000000000", "12,000,000円"])
def test_other_numbers_are_not_taken_for_my_number(typed):
    refuse_my_number_inside(typed)


@pytest.mark.django_db
def test_forms_refuse_my_number_at_the_field():
    firm = OrganisationFactory()

    organisation = OrganisationForm(
        {"name": "123456789012", "address": "東京都 1234-5678-9012", "main_business": "切削"}
    )
    establishment = EstablishmentForm({"insurance_number": "123456789012"})
    employment = NewEmploymentForm(
        {"job_title": "旋盤 123456789012", "insured_number": "１２３４５６７８９０１２"}, organisation=firm
    )

    assert {"name", "address"} <= set(organisation.errors)
    assert "main_business" not in organisation.errors
    assert "マイナンバー" in str(establishment.errors["insurance_number"])
    assert "マイナンバー" in str(employment.errors["job_title"])
    assert "マイナンバー" in str(employment.errors["insured_number"])
