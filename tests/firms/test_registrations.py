"""What may be registered of a person, and how what was registered is put right."""

from datetime import date, timedelta

import pytest
from django import forms
from django.urls import reverse

from firms.actions.members import end_membership
from firms.actions.people import end_employment
from firms.models import Correction, Employment, Invitation, JournalEntry, Membership
from tests.factories import EmploymentFactory, EstablishmentFactory, MembershipFactory
from tests.firms.test_people import NAMES, PASSWORD, form, start


@pytest.fixture
def employment(establishment, pattern):
    return EmploymentFactory(establishment=establishment, pattern=pattern, started_on=date(2022, 4, 1))


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [("1949-12-31", False), ("1950-01-01", True), ("2027-11-21", True), ("2027-11-22", False), ("1800-04-01", False)],
)
def test_first_day_is_within_a_life(manager, establishment, day, is_taken):
    page = manager.client().post(reverse("firms:employment_new"), form(establishment, started_on=day))

    assert (page.status_code == 302) is is_taken
    assert is_taken or "started_on" in page.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ﾖｼｻﾞｷ", "ヨシザキ"),
        ("よしざき", "ヨシザキ"),
        ("ヴァン　アン", "ヴァン アン"),
        ("吉崎/abc", None),
        ("ヨシ1", None),
    ],
)
def test_reading_is_katakana(manager, establishment, typed, kept):
    page = manager.client().post(reverse("firms:employment_new"), form(establishment, family_kana=typed))

    if kept:
        assert Employment.objects.get().person.family_kana == kept
    else:
        assert list(page.context["form"].errors) == ["family_kana"]


def test_every_reading_of_every_form_is_asked_for_as_one():
    """Whatever form of ours has a field for a reading, it is a `KanaField`."""
    named = {
        f"{one.__module__}.{one.__name__}.{name}": type(field).__name__
        for one in all_forms()
        for name, field in one.base_fields.items()
        if name.endswith("kana")
    }

    assert len(named) >= 8
    assert set(named.values()) == {"KanaField"}


def all_forms(base=forms.BaseForm):
    for one in base.__subclasses__():
        if one.__module__.split(".")[0] in {"firms", "courses", "grants", "lms"} and hasattr(one, "base_fields"):
            yield one
        yield from all_forms(one)


def corrected(employment, **changes):
    person = employment.person
    held = {name: getattr(person, name) for name in ("family_name", "given_name", "family_kana", "given_kana")} | {
        "email": employment.email,
        "establishment": employment.establishment.pk,
        "started_on": employment.started_on.isoformat(),
        "ended_on": employment.ended_on.isoformat() if employment.ended_on else "",
        "reason": "契約書と違っていた",
    }
    return held | changes


def test_everything_registered_can_be_put_right_with_a_reason(manager, firm, establishment):
    employment = start(establishment, manager)
    other = EstablishmentFactory(organisation=firm)
    url = reverse("firms:employment_correct", args=[employment.pk])
    told = {
        "family_name": "新名", "family_kana": "ﾆｲﾅ", "establishment": other.pk, "started_on": "2025-04-01",
        "ended_on": "2026-03-31", "email": "niina@example.jp",
    }  # fmt: skip

    manager.client().post(url, corrected(employment, **told))

    employment = Employment.objects.get()
    assert (employment.person.full_name, employment.person.family_kana) == ("新名 次郎", "ニイナ")
    assert (employment.establishment, employment.started_on) == (other, date(2025, 4, 1))
    assert (employment.ended_on, employment.email) == (date(2026, 3, 31), "niina@example.jp")
    assert Correction.objects.count() == 6
    assert set(Invitation.objects.values_list("email", "state")) == {
        ("jiro@example.jp", "withdrawn"),
        ("niina@example.jp", "open"),
    }
    assert (
        "契約書と違っていた" in manager.client().get(reverse("firms:employment", args=[employment.pk])).content.decode()
    )


def test_end_of_an_employment_is_not_final(manager, employment):
    end_employment(employment, by=manager.acting(), ended_on=date(2030, 12, 31))
    employment.refresh_from_db()
    url = reverse("firms:employment_correct", args=[employment.pk])

    manager.client().post(url, corrected(employment, ended_on="", family_kana="カクウ", given_kana="ハナ"))

    employment.refresh_from_db()
    assert employment.ended_on is None


@pytest.fixture
def member(employment, firm):
    return MembershipFactory(person=employment.person, organisation=firm, role="employee")


def put_right(manager, employment, ended_on):
    employment.refresh_from_db()
    url = reverse("firms:employment_correct", args=[employment.pk])
    given = {"family_kana": "カクウ", "given_kana": "ハナ"}
    assert manager.client().post(url, corrected(employment, ended_on=ended_on, **given)).status_code == 302


def test_end_of_an_employment_taken_back_opens_the_membership_that_ended_with_it(manager, employment, member):
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 11, 10))
    member.refresh_from_db()
    assert (member.ended_on, member.ended_with) == (date(2026, 11, 11), "employment")

    put_right(manager, employment, "")

    member.refresh_from_db()
    assert (member.ended_on, member.ended_with) == (None, "")
    entry = JournalEntry.objects.about(member).get(verb="membership.reopen")
    assert entry.details["reason"] == "契約書と違っていた"


def test_one_acts_as_employee_to_the_last_day_of_the_employment(manager, employment, member):
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 11, 30))

    assert Membership.objects.on(date(2026, 11, 30)).filter(pk=member.pk).exists()
    assert not Membership.objects.on(date(2026, 12, 1)).filter(pk=member.pk).exists()


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2027, 3, 31)])
def test_end_of_an_employment_moved_moves_the_membership(manager, employment, member, day):
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 11, 10))

    put_right(manager, employment, day.isoformat())

    member.refresh_from_db()
    assert (member.ended_on, member.ended_with) == (day + timedelta(days=1), "employment")


def test_membership_ended_by_hand_stays_ended(manager, employment, member):
    end_membership(member, by=manager.acting())
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 11, 20))

    put_right(manager, employment, "")

    member.refresh_from_db()
    assert (member.ended_on, member.ended_with) == (date(2026, 11, 20), "")


def test_membership_begun_anew_is_the_one_that_lasts(manager, employment, member, firm):
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 11, 10))
    again = MembershipFactory(person=employment.person, organisation=firm, role="employee")

    put_right(manager, employment, "")

    assert employment.person.memberships.get(ended_on=None) == again


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"started_on": "1800-04-01"}, "started_on"),
        ({"ended_on": "2020-01-01"}, "ended_on"),
        ({"ended_on": "2040-01-01"}, "ended_on"),
        ({"family_kana": "吉崎/abc"}, "family_kana"),
        ({"started_on": "2019-05-01"}, "started_on"),
    ],
    ids=["no reason", "1800", "before the first day", "2040", "no reading", "meets an earlier term"],
)
def test_correction_keeps_the_rules_of_registering(manager, establishment, changes, field):
    employment = start(establishment, manager, started_on=date(2022, 4, 1))
    EmploymentFactory(
        person=employment.person, establishment=establishment, started_on=date(2018, 4, 1), ended_on=date(2020, 3, 31)
    )
    url = reverse("firms:employment_correct", args=[employment.pk])

    page = manager.client().post(url, corrected(employment, **changes))

    assert list(page.context["form"].errors) == [field]
    assert not Correction.objects.exists()


def test_who_signs_in_says_themselves_what_they_are_called(manager, trainee, establishment):
    employment = trainee.person.employments.get()
    trainee.person.set_password(PASSWORD)
    trainee.person.save()

    page = manager.client().get(reverse("firms:employment_correct", args=[employment.pk]))
    trainee.client().post(reverse("firms:own_name"), NAMES)

    trainee.person.refresh_from_db()
    assert "family_name" not in page.context["form"].fields
    assert trainee.person.full_name == "架空 次郎"
    assert Correction.objects.filter(subject_type="firms.person", reason="本人による変更").exists()
