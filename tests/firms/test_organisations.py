"""Organisations and establishments: registered and changed, with checked numbers."""

import pytest
from django.urls import reverse

from firms.actions.organisations import create_organisation, edit_establishment, edit_organisation
from firms.errors import Refused
from firms.models import Establishment, JournalEntry, Organisation
from tests.factories import EstablishmentFactory, OrganisationFactory


def organisation_form(**changes):
    return {
        "name": "（架空）大森機械製作所", "corporate_number": "７０００-０１２０５-０００２", "capital_yen": "10000000",
        "regular_employees": "28", "industry": "manufacturing", **changes,
    }  # fmt: skip


def test_editing_saves_what_changed_and_the_journal_names_it(manager, firm):
    manager.client().post(reverse("firms:organisation_edit"), organisation_form())

    firm.refresh_from_db()
    entry = JournalEntry.objects.get(verb="organisation.edit")
    assert firm.corporate_number == "7000012050002"
    assert "corporate_number" in entry.details["changed"]
    assert "industry" not in entry.details["changed"]
    assert (entry.person, entry.concerns) == (manager.person, firm)


def test_saving_without_a_change_leaves_no_trace(manager, firm):
    same = {name: getattr(firm, name) for name in ("name", "phone", "corporate_number")}

    edit_organisation(firm, by=manager.acting(), **same)

    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"corporate_number": "8000012050002"}, "corporate_number"),
        ({"name": ""}, "name"),
        ({"capital_yen": "-1"}, "capital_yen"),
        ({"regular_employees": "many"}, "regular_employees"),
        ({"email": "not an address"}, "email"),
        ({"address": "1234-5678-9012"}, "address"),
    ],
    ids=["check digit", "no name", "negative", "letters", "address", "my number"],
)
def test_bad_input_gets_a_sentence_at_its_field(changes, field, manager, firm):
    before = Organisation.objects.filter(pk=firm.pk).values().get()

    page = manager.client().post(reverse("firms:organisation_edit"), organisation_form(**changes))

    assert list(page.context["form"].errors) == [field]
    assert Organisation.objects.filter(pk=firm.pk).values().get() == before


def test_a_number_somebody_has_is_refused_at_the_field(manager, firm):
    OrganisationFactory(corporate_number="7000012050002")

    page = manager.client().post(reverse("firms:organisation_edit"), organisation_form())

    assert "すでに登録されています" in str(page.context["form"].errors["corporate_number"])


def test_organisations_without_a_number_do_not_clash(officer):
    for _n in range(2):
        create_organisation(by=officer.acting(), kind="firm", name="（架空）個人事業", corporate_number=None)

    assert Organisation.objects.filter(corporate_number=None).count() == 2


@pytest.mark.parametrize("kind", ["firm", "college", "office", "agency"])
def test_the_ward_registers_an_organisation_of_any_kind(kind, officer):
    answer = officer.client().post(reverse("firms:organisation_new"), organisation_form(kind=kind), follow=True)

    made = Organisation.objects.get(corporate_number="7000012050002")
    assert made.kind == kind
    assert "最初の管理者を招待" in answer.content.decode()


def test_the_ward_finds_organisations_by_name_number_and_kind(officer, firm):
    OrganisationFactory(kind="college", name="（架空）別の学校", name_kana="ベツノガッコウ")
    client = officer.client()

    def found(**query):
        return [row.name for row in client.get(reverse("firms:organisations"), query).context["page"]]

    assert found(q="大森") == [firm.name]
    assert found(q="ガッコウ") == ["（架空）別の学校"]
    assert found(q=f"{firm.corporate_number[:4]}-{firm.corporate_number[4:]}") == [firm.name]
    assert found(kind="college") == ["（架空）別の学校"]
    assert found(q="ない名前") == []


def test_an_establishment_is_registered_with_its_number_set_right(manager, firm):
    manager.client().post(
        reverse("firms:establishment_new"),
        {"name": "第二工場", "insurance_number": "１３０１００００９９１", "prefecture": "東京都"},
    )

    assert Establishment.objects.get(name="第二工場").insurance_number == "1301-000099-1"


@pytest.mark.parametrize("typed", ["1301-00009-1", "123456789012", ""])
def test_a_wrong_establishment_number_gets_a_sentence(typed, manager, firm):
    page = manager.client().post(
        reverse("firms:establishment_new"), {"name": "第二工場", "insurance_number": typed, "prefecture": "東京都"}
    )

    assert list(page.context["form"].errors) == ["insurance_number"]


def test_two_establishments_cannot_share_a_number(manager, establishment):
    other = EstablishmentFactory()

    with pytest.raises(Refused, match="すでに登録") as refused:
        edit_establishment(establishment, by=manager.acting(), insurance_number=other.insurance_number)

    assert refused.value.field == "insurance_number"


def test_an_advisor_sees_the_client_and_not_its_members(advisor, firm):
    page = advisor.client().get(reverse("firms:organisation_detail", args=[firm.pk]))

    assert firm.name in page.content.decode()
    assert "管理する人" not in page.content.decode()
