"""Organisations and establishments: registered and changed, with checked numbers."""

import pytest
from django.urls import reverse

from firms.actions.invitations import join_as_new
from firms.actions.organisations import create_organisation, edit_establishment, edit_organisation
from firms.errors import Refused
from firms.models import Correction, Establishment, JournalEntry, Organisation
from tests.factories import EstablishmentFactory, OrganisationFactory
from tests.firms.makers import make_invitation


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


def test_the_ward_founds_a_firm_with_the_numbers_of_its_first_establishment(officer):
    given = organisation_form(
        kind="firm", postal_code="144-0001", address="東京都大田区架空二丁目", insurance_number="１３０１００００９９１",
        labour_number="１３１０１１２３４５６０００",
    )  # fmt: skip
    officer.client().post(reverse("firms:organisation_new"), given)

    place = Establishment.objects.get()
    assert (place.organisation.corporate_number, place.name) == ("7000012050002", "（架空）大森機械製作所")
    assert (place.insurance_number, place.labour_number) == ("1301-000099-1", "13-1-01-123456-000")
    assert (place.postal_code, place.address) == ("144-0001", "東京都大田区架空二丁目")


def test_the_number_an_office_is_founded_with_is_that_of_its_first_advisor(officer):
    officer.client().post(
        reverse("firms:organisation_new"), organisation_form(kind="office", licence_number="１３２０－０００１")
    )
    office = Organisation.objects.get(kind="office")

    joined = []
    for name in ("first", "second"):
        _made, token = make_invitation(
            organisation=office, by=officer.person, role="advisor", email=f"{name}@example.jp"
        )
        joined.append(join_as_new(token, password="takumi-demo-1", family_name=name))

    assert office.licence_number == "13200001"
    assert [one.memberships.get().licence_number for one in joined] == ["13200001", ""]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"kind": "college", "insurance_number": "1301-000099-1"}, ["insurance_number"]),
        ({"kind": "firm", "licence_number": "13200001"}, ["licence_number"]),
        ({"kind": "firm", "labour_number": "13-1-01-123456-000"}, ["insurance_number"]),
        ({"kind": "firm", "insurance_number": "1301-000099-1", "labour_number": "13-1"}, ["labour_number"]),
        ({"kind": "office", "licence_number": "1320000"}, ["licence_number"]),
        ({"kind": "office", "licence_number": "132000012345"}, ["licence_number"]),
    ],
    ids=["school's establishment", "firm's licence", "labour alone", "too short", "seven digits", "my number"],
)
def test_a_number_of_another_kind_gets_a_sentence_and_nothing_is_founded(changes, fields, officer):
    page = officer.client().post(reverse("firms:organisation_new"), organisation_form(**changes))

    assert list(page.context["form"].errors) == fields
    assert not Organisation.objects.filter(name="（架空）大森機械製作所").exists()


def test_an_establishment_somebody_has_founds_nothing(officer):
    taken = EstablishmentFactory().insurance_number

    page = officer.client().post(
        reverse("firms:organisation_new"), organisation_form(kind="firm", insurance_number=taken)
    )

    assert list(page.context["form"].errors) == ["insurance_number"]
    assert not Organisation.objects.filter(name="（架空）大森機械製作所").exists()


def right(firm, **changes):
    names = (
        "name name_kana corporate_number postal_code address phone email representative_title representative_name"
        " industry main_business capital_yen regular_employees"
    )
    return {name: getattr(firm, name) or "" for name in names.split()} | {"reason": "登記と違っていた"} | changes


def test_the_ward_puts_name_and_number_right_and_what_stood_there_is_kept(officer, firm):
    old_name, old_number = firm.name, firm.corporate_number
    changes = {"name": "（架空）大森精機", "name_kana": "オオモリセイキ", "corporate_number": "7000012050002"}

    answer = officer.client().post(reverse("firms:organisation_correct", args=[firm.pk]), right(firm, **changes))

    assert answer.headers["Location"] == reverse("firms:organisation_detail", args=[firm.pk])
    firm.refresh_from_db()
    assert (firm.name, firm.name_kana, firm.corporate_number) == tuple(changes.values())
    kept = {one.field: (one.before, one.reason) for one in Correction.objects.of(firm)}
    assert kept["name"] == (old_name, "登記と違っていた")
    assert kept["corporate_number"] == (old_number, "登記と違っていた")
    entry = JournalEntry.objects.about(firm).get(verb="organisation.correct")
    assert (entry.person, entry.concerns) == (officer.person, firm)
    page = officer.client().get(reverse("firms:organisation_detail", args=[firm.pk])).content.decode()
    assert f"{old_name} → （架空）大森精機" in page


@pytest.mark.parametrize(
    ("changes", "form", "field"),
    [({"reason": ""}, "because", "reason"), ({"corporate_number": "8000012050002"}, "form", "corporate_number")],
)
def test_a_correction_without_a_reason_or_with_a_wrong_number_changes_nothing(changes, form, field, officer, firm):
    page = officer.client().post(
        reverse("firms:organisation_correct", args=[firm.pk]), right(firm, name="（架空）別名", **changes)
    )

    assert field in page.context[form].errors
    assert Organisation.objects.get(pk=firm.pk).name == firm.name
    assert not Correction.objects.exists()


def test_a_number_somebody_has_is_no_correction(officer, firm):
    taken = OrganisationFactory().corporate_number

    page = officer.client().post(
        reverse("firms:organisation_correct", args=[firm.pk]), right(firm, corporate_number=taken, name_kana="ダイイチ")
    )

    assert "すでに登録されています" in str(page.context["form"].errors["corporate_number"])


def test_the_ward_puts_the_numbers_of_an_establishment_right(officer, establishment):
    old = establishment.insurance_number
    given = {
        "name": establishment.name, "prefecture": "東京都", "reason": "事業主控と違っていた",
        "insurance_number": "1301-000099-1", "labour_number": "13-1-01-123456-000",
    }  # fmt: skip

    officer.client().post(reverse("firms:establishment_correct", args=[establishment.pk]), given)

    establishment.refresh_from_db()
    assert (establishment.insurance_number, establishment.labour_number) == ("1301-000099-1", "13-1-01-123456-000")
    kept = {one.field: one.before for one in Correction.objects.of(establishment)}
    assert kept["insurance_number"] == old


@pytest.mark.parametrize("who", ["manager", "trainee", "coordinator", "advisor"])
@pytest.mark.parametrize("page", ["organisation_correct", "establishment_correct"])
def test_nobody_but_the_ward_puts_an_organisation_right(who, page, firm, establishment, request):
    cast_member = request.getfixturevalue(who)
    pk = firm.pk if page == "organisation_correct" else establishment.pk

    answer = cast_member.client().post(reverse(f"firms:{page}", args=[pk]), right(firm, name="（架空）乗っ取り"))

    assert answer.status_code in {403, 404}
    assert Organisation.objects.get(pk=firm.pk).name == firm.name


def test_a_college_put_right_is_found_by_its_new_name(officer, run):
    college = run.course.college
    given = {"name": "（架空）新学院", "name_kana": "シンガクイン", "reason": "校名変更の登録漏れ"}

    officer.client().post(reverse("firms:organisation_correct", args=[college.pk]), given)

    run.course.refresh_from_db()
    assert "新学院" in run.course.search_text
