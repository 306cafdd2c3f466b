"""Memberships are ended, never deleted, and somebody always leads."""

import pytest
from django.urls import reverse
from django.utils import timezone

from firms.actions.members import end_membership
from firms.errors import Refused
from firms.models import JournalEntry, Membership
from tests.factories import MembershipFactory


@pytest.fixture
def today():
    return timezone.localdate()


def test_ending_keeps_the_row_and_takes_the_rights_at_once(manager, trainee, today):
    client = trainee.client()

    manager.client().post(reverse("firms:membership_end", args=[trainee.membership.pk]))

    trainee.membership.refresh_from_db()
    assert trainee.membership.ended_on == today
    assert not Membership.objects.on(today).filter(pk=trainee.membership.pk).exists()
    assert "いま所属している組織がありません" in client.get(reverse("firms:organisation")).content.decode()


def test_the_last_leader_cannot_be_ended(manager, today):
    with pytest.raises(Refused, match="最後の管理者"):
        end_membership(manager.membership, by=manager.acting(today))

    manager.membership.refresh_from_db()
    assert manager.membership.ended_on is None


def test_the_page_says_why_the_last_leader_stays(manager):
    answer = manager.client().post(reverse("firms:membership_end", args=[manager.membership.pk]), follow=True)

    assert "最後の管理者の所属は終了できません" in answer.content.decode()


def test_a_leader_who_cannot_sign_in_does_not_count(manager, firm, today):
    MembershipFactory(organisation=firm, person__is_active=False)

    with pytest.raises(Refused):
        end_membership(manager.membership, by=manager.acting(today))


def test_a_leader_who_has_left_does_not_count(manager, firm, today):
    MembershipFactory(organisation=firm, ended_on=today)

    with pytest.raises(Refused):
        end_membership(manager.membership, by=manager.acting(today))


def test_one_of_two_leaders_may_go_and_a_second_click_changes_nothing(manager, firm, today):
    other = MembershipFactory(organisation=firm)

    end_membership(other, by=manager.acting(today))
    end_membership(other, by=manager.acting(today))

    assert JournalEntry.objects.filter(verb="membership.end").count() == 1


def test_one_who_joined_today_can_be_ended_today(manager, firm, today):
    fresh = MembershipFactory(organisation=firm, role="employee", started_on=today)

    end_membership(fresh, by=manager.acting(today))

    assert not Membership.objects.on(today).filter(pk=fresh.pk).exists()
