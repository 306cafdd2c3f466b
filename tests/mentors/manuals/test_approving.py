"""Several approvers in order, one who left, publishing, versions and their difference, and when to look again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firms.errors import Refused
from firms.models import Membership, Notification
from mentors.actions.manuals.approving import (
    answer_approval,
    hand_in_manual,
    name_approvers,
    publish_manual,
    put_off_review,
    replace_approver,
    withdraw_manual,
)
from mentors.actions.manuals.people import say_nobody
from mentors.actions.manuals.writing import add_step, begin_version, edit_step, write_facts
from mentors.models import Approval, ManualVersion, ReviewReminder, SkillManual, Step
from mentors.queries.manuals import asked_now, turn_of, waiting_approvals
from mentors.tasks import sweep
from tests.conftest import TODAY
from tests.mentors.makers import certification_of
from tests.mentors.manuals.makers import (
    FACTS,
    approved,
    colleagues,
    handed_in,
    member,
    newest,
    published,
    written,
)


@pytest.fixture
def manual(manager):
    made = written(manager)
    say_nobody(made, by=manager.acting())
    return made


@pytest.fixture
def two(firm):
    return colleagues(firm)


def answer(version, who, verdict="approve", reason=""):
    answer_approval(turn_of(asked_now(version)), verdict=verdict, reason=reason, by=who.acting())


def test_approvers_answer_in_their_order_and_the_last_word_approves(manual, manager, two):
    first, second = two
    version = handed_in(manual, manager, two)
    assert "承認のお願い" in Notification.objects.get(person=first.person).subject
    assert not Notification.objects.filter(person=second.person).exists()
    assert [len(waiting_approvals(one.acting())) for one in two] == [1, 0]

    late = asked_now(version)[1]
    with pytest.raises(Refused, match="まだ順番ではない"):
        answer_approval(late, verdict="approve", reason="", by=second.acting())
    answer(version, first)
    assert (newest(manual).state, len(waiting_approvals(second.acting()))) == ("reviewing", 1)
    answer(version, second)

    assert newest(manual).state == "approved"
    assert "承認されました" in Notification.objects.filter(person=manager.person).latest("pk").subject


def test_giving_it_back_takes_a_reason_and_begins_the_round_anew(manual, manager, two):
    version = handed_in(manual, manager, two)
    with pytest.raises(Refused, match="差し戻す理由"):
        answer(version, two[0], "return")
    answer(version, two[0], "return", "2つめの手順が逆です")
    assert (newest(manual).state, newest(manual).because) == ("draft", "2つめの手順が逆です")

    again = handed_in(manual, manager, two)
    assert (again.round, [one.said for one in asked_now(again)]) == (2, [None, None])
    with pytest.raises(Refused, match="いま承認待ちではありません"):
        answer_approval(Approval.objects.get(round=1, number=2), verdict="approve", reason="", by=two[1].acting())


def test_an_approver_who_left_is_followed_by_another_with_the_reason(manual, manager, two, worker):
    first, second = two
    version = handed_in(manual, manager, two)
    answer(version, first)
    Membership.objects.filter(person=second.person).update(ended_on=TODAY)
    page = manager.client().get(reverse("mentors:manual", args=[manual.pk])).content.decode()
    assert f"{second.person.full_name}さんは、もう所属していません" in page

    left = asked_now(version)[1]
    with pytest.raises(Refused, match="もうこの企業の承認者ではありません"):
        answer(version, second)
    made = replace_approver(left, worker.person, because="退職したため", by=manager.acting())
    assert (made.number, made.instead_of, made.because) == (2, left, "退職したため")
    assert second.client().get(reverse("mentors:manual", args=[manual.pk])).status_code == 404
    with pytest.raises(Refused):
        answer_approval(left, verdict="approve", reason="", by=second.acting())
    answer(version, worker)

    assert newest(manual).state == "approved"
    assert list(manual.approvers.values_list("person", flat=True)) == [first.person.pk, worker.person.pk]


@pytest.mark.parametrize("who", ["first", "manager", "stranger"])
def test_an_approver_is_not_replaced_by_anybody(manual, manager, two, stranger, who):
    version = handed_in(manual, manager, two)
    other = {"first": two[0], "manager": manager, "stranger": stranger}[who]

    with pytest.raises(Refused):
        replace_approver(asked_now(version)[1], other.person, because="a", by=manager.acting())


def test_who_has_answered_is_not_replaced(manual, manager, two, worker):
    version = handed_in(manual, manager, two)
    answer(version, two[0])

    with pytest.raises(Refused, match="もう替えられません"):
        replace_approver(asked_now(version)[0], worker.person, because="a", by=manager.acting())


def test_a_listed_master_of_the_occupation_may_approve(manual, manager, master, ward, two):
    certification_of(master, ward, is_listed=True)
    version = handed_in(manual, manager, [two[0], master])
    answer(version, two[0])
    client, address = master.client(), reverse("mentors:manual", args=[manual.pk])

    assert "承認しますか" in client.get(address).content.decode()
    client.post(reverse("mentors:approval_answer", args=[asked_now(version)[1].pk]), {"verdict": "approve"})
    assert newest(manual).state == "approved"
    publish_manual(manual, by=manager.acting())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("case", ["none", "twice", "stranger", "oneself", "too many"])
def test_approvers_that_cannot_be_are_refused(manual, manager, two, stranger, firm, case):
    people = {
        "none": [],
        "twice": [two[0], two[0]],
        "stranger": [stranger],
        "oneself": [manager],
        "too many": colleagues(firm, 6),
    }[case]

    with pytest.raises(Refused):
        handed_in(manual, manager, people)


def test_nothing_is_handed_in_without_approvers_or_without_anything_to_see(manual, manager, two):
    with pytest.raises(Refused, match="承認者がまだ決まっていません"):
        hand_in_manual(manual, by=manager.acting())
    bare = written(manager, steps=())
    name_approvers(bare, [two[0].person], by=manager.acting())
    with pytest.raises(Refused, match="動画も手順もありません"):
        hand_in_manual(bare, by=manager.acting())


def test_what_waits_is_not_written_in(manual, manager, two):
    handed_in(manual, manager, two)

    with pytest.raises(Refused, match="いま書ける下書きがありません"):
        add_step(manual, by=manager.acting(), title="a", text="", caution="", at=0)
    with pytest.raises(Refused, match="いま書ける下書きがありません"):
        write_facts(manual, by=manager.acting(), occupation="machining", **FACTS)


def test_a_published_version_stands_until_the_next_is_published(manager, two):
    manual = published(manager, approvers=two, has_film=False)
    version = begin_version(manual, by=manager.acting())
    old = ManualVersion.objects.get(manual=manual, number=1)
    step = version.steps.first()
    assert (step.mark, step.title) == (old.steps.first().mark, "芯を出す")
    edit_step(step, by=manager.acting(), title="芯を正しく出す", text="ゆっくり", caution="手袋をしない", at=0)
    assert (old.steps.first().title, old.state) == ("芯を出す", "published")
    with pytest.raises(Refused, match="書きかけの版か承認中の版"):
        begin_version(manual, by=manager.acting())

    approved(manual, manager, two)
    publish_manual(manual, by=manager.acting())
    assert list(manual.versions.values_list("number", "state")) == [(2, "published"), (1, "replaced")]
    page = manager.client().get(reverse("mentors:manual_versions", args=[manual.pk])).content.decode()
    assert "<ins>" in page
    assert "正しく" in page.split("<ins>")[1].split("</ins>")[0]


def test_a_manual_is_published_once_all_have_approved(manual, manager, two):
    with pytest.raises(Refused, match="全員が承認した版がありません"):
        publish_manual(manual, by=manager.acting())


def test_a_withdrawn_manual_is_seen_by_its_writers_alone(manager, two, worker):
    manual = published(manager, approvers=two, has_film=False)
    begin_version(manual, by=manager.acting())
    withdraw_manual(manual, because="機械を入れ替えたため", by=manager.acting())

    assert set(manual.versions.values_list("state", "because")) == {("withdrawn", "機械を入れ替えたため")}
    address = reverse("mentors:manual", args=[manual.pk])
    assert (worker.client().get(address).status_code, manager.client().get(address).status_code) == (404, 200)
    with pytest.raises(Refused, match="すでに取り下げられています"):
        withdraw_manual(manual, because="a", by=manager.acting())


# --- looked at again ---


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2027, 10, 20), 0), (date(2027, 10, 21), 1), (date(2027, 11, 20), 1), (date(2028, 3, 1), 1)],
    ids=["the day before", "30 days ahead", "the day itself", "months later"],
)
def test_the_keeper_is_told_to_look_again(manager, two, clock, day, told):
    manual = published(manager, approvers=two, has_film=False)
    assert SkillManual.objects.get().review_on == date(2027, 11, 20)
    Notification.objects.all().delete()
    clock.move_to(timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9)))
    sweep()
    sweep()

    assert told_to_look(manager) == told
    assert not ReviewReminder.objects.filter(manual=manual, due_on__gt=day, sent_at__isnull=False).exists()


def told_to_look(manager):
    return Notification.objects.filter(person=manager.person, subject__startswith="マニュアルを見直す日").count()


@pytest.mark.django_db(transaction=True)
def test_the_keeper_is_told_beforehand_and_on_the_day(manager, two, clock):
    published(manager, approvers=two, has_film=False)
    for day in (date(2027, 10, 21), date(2027, 11, 20), date(2027, 11, 21)):
        clock.move_to(timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9)))
        sweep()

    assert told_to_look(manager) == 2


def test_a_new_day_moves_the_reminders_that_were_not_sent(manager, two):
    manual = published(manager, approvers=two, has_film=False)
    put_off_review(manual, on=date(2028, 1, 31), by=manager.acting())

    assert set(ReviewReminder.objects.values_list("due_on", flat=True)) == {date(2028, 1, 1), date(2028, 1, 31)}
    with pytest.raises(Refused, match="明日から"):
        put_off_review(manual, on=TODAY, by=manager.acting())


def test_of_a_withdrawn_manual_nobody_is_told(manager, two, clock):
    withdraw_manual(published(manager, approvers=two, has_film=False), because="a", by=manager.acting())
    Notification.objects.all().delete()
    clock.move_to(timezone.now() + timedelta(days=400))
    sweep()

    assert not Notification.objects.filter(subject__startswith="マニュアルを見直す日").exists()


def test_a_keeper_who_left_is_told_of_on_the_page(manager, two, firm):
    manual = published(manager, approvers=two, has_film=False)
    other = member(firm, "後任", role="manager")
    Membership.objects.filter(person=manager.person).update(ended_on=TODAY)
    client = other.client()

    assert "担当者がいません" in client.get(reverse("mentors:manual", args=[manual.pk])).content.decode()
    client.post(reverse("mentors:keeper_change", args=[manual.pk]), {"person": other.person.pk})
    assert SkillManual.objects.get().keeper == other.person


def test_steps_change_places_and_close_their_gap(manual, manager):
    add_step(manual, by=manager.acting(), title="測る", text="", caution="", at=90)
    client = manager.client()
    last = Step.objects.get(title="測る")
    client.post(reverse("mentors:step_act", args=[last.pk, "up"]))
    client.post(reverse("mentors:step_act", args=[Step.objects.get(title="芯を出す").pk, "remove"]))

    assert list(newest(manual).steps.values_list("number", "title")) == [(1, "測る"), (2, "ねじを切る")]
    client.post(reverse("mentors:step_act", args=[last.pk, "up"]))
    assert newest(manual).steps.first().title == "測る"
