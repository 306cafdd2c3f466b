"""A plan: suggested with reasons, held by limits and leads, agreed by both, and one hour belongs to one session."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from firms.errors import Refused
from firms.models import Notification
from mentors.actions.certifying.issuing import suspend
from mentors.actions.requesting.asking import name_learner, remove_learner
from mentors.actions.requesting.planning import (
    agree_to_plan,
    cancel_request,
    cancel_session,
    decline_plan,
    propose_plan,
)
from mentors.models import Booking, MentoringRequest, PublicMoney, Session
from mentors.queries.requesting import suggestions
from tests.conftest import TODAY
from tests.firms.test_races import race
from tests.mentors.makers import agreed, asked, certification_of, craftsman, visit

FIRST = date(2027, 1, 12)
DAY = timedelta(days=1)


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


@pytest.fixture
def wanted(manager, ward):
    return asked(manager, ward=ward)


def test_both_sides_agree(wanted, held, manager, master):
    sessions = propose_plan(wanted, held, [visit(), visit(FIRST + DAY)], by=manager.acting())
    assert Notification.objects.get(person=master.person).subject.startswith("実技指導のお願いが届きました")

    agree_to_plan(wanted, by=master.acting())

    wanted.refresh_from_db()
    assert (wanted.state, [one.number for one in sessions]) == ("agreed", [1, 2])
    assert Notification.objects.filter(person=manager.person, subject__startswith="マイスターが承諾").exists()


def test_declined_frees_the_hours_and_says_why(wanted, held, manager, master):
    propose_plan(wanted, held, [visit()], by=manager.acting())

    decline_plan(wanted, because="その週は検査入院です。", by=master.acting())

    wanted.refresh_from_db()
    assert (wanted.state, wanted.certification, wanted.because) == ("asked", None, "その週は検査入院です。")
    assert (Booking.objects.count(), PublicMoney.objects.count()) == (0, 0)
    assert propose_plan(wanted, held, [visit()], by=manager.acting())[0].number == 2


@pytest.mark.parametrize(
    ("start", "end", "pause", "sentence"),
    [
        ("13:00", "13:59", 0, "休憩を除いて59分"),
        ("13:00", "16:01", 0, "休憩を除いて181分"),
        ("13:00", "16:15", 15, None),
        ("13:00", "14:00", 0, None),
        ("15:00", "13:00", 0, "時刻が合いません"),
        ("13:00", "14:00", 61, "時刻が合いません"),
    ],
)
def test_a_session_lasts_one_to_three_hours(start, end, pause, sentence, wanted, held, manager):
    plan = [visit(start=start, end=end, break_minutes=pause)]

    if sentence is None:
        assert len(propose_plan(wanted, held, plan, by=manager.acting())) == 1
    else:
        with pytest.raises(Refused, match=sentence):
            propose_plan(wanted, held, plan, by=manager.acting())


def many(n, first=FIRST):
    return [visit(first + k * DAY) for k in range(n)]


def test_the_twentieth_visit_is_planned_and_the_twenty_first_refused(wanted, held, manager, ward):
    propose_plan(wanted, held, many(19), by=manager.acting())
    last = asked(manager, ward=ward)

    with pytest.raises(Refused, match=r"済み19回・予定2回は上限を超えます。 回数を減らしてください（あと1回）"):
        propose_plan(last, held, many(2, date(2027, 3, 1)), by=manager.acting())
    propose_plan(last, held, many(1, date(2027, 3, 1)), by=manager.acting())


def test_the_next_fiscal_year_counts_anew(wanted, held, manager, ward):
    propose_plan(wanted, held, many(20), by=manager.acting())

    assert len(propose_plan(asked(manager, ward=ward), held, many(2, date(2027, 4, 1)), by=manager.acting())) == 2


def test_a_school_has_ten(coordinator, held, ward):
    with pytest.raises(Refused, match="1校への派遣の回数の上限は10回"):
        propose_plan(asked(coordinator, ward=ward), held, many(11), by=coordinator.acting())


def test_an_association_has_its_own_limit_and_a_school_stays_a_school(manager, coordinator, held, ward):
    whole = propose_plan(asked(manager, ward=ward, is_association=True), held, many(20), by=manager.acting())
    one_more = asked(manager, ward=ward, is_association=True)

    assert len(whole) == 20
    with pytest.raises(Refused, match="1団体への派遣の回数の上限は20回"):
        propose_plan(one_more, held, many(1, FIRST + 40 * DAY), by=manager.acting())
    assert asked(coordinator, ward=ward, is_association=True).host_kind == "school"


@pytest.mark.parametrize(
    ("prefecture", "first", "is_taken"),
    [
        ("東京都", TODAY + 30 * DAY, True),
        ("東京都", TODAY + 29 * DAY, False),
        ("岡山県", TODAY + 50 * DAY, True),
        ("岡山県", TODAY + 49 * DAY, False),
        ("山形県", date(2026, 12, 20), True),
        ("山形県", date(2026, 12, 19), False),
    ],
)
def test_lead_by_prefecture_on_both_sides(prefecture, first, is_taken, held, manager, ward):
    wanted = asked(manager, ward=ward, prefecture=prefecture)

    if is_taken:
        assert propose_plan(wanted, held, [visit(first)], by=manager.acting())
    else:
        with pytest.raises(Refused, match="今日からでは間に合わない"):
            propose_plan(wanted, held, [visit(first)], by=manager.acting())


def test_a_day_without_a_valid_certification_is_not_planned(manager, ward, master, officer):
    short = certification_of(master, ward, last_on=FIRST)
    wanted = asked(manager, ward=ward)
    with pytest.raises(Refused, match="認定が有効ではありません（期限切れ）"):
        propose_plan(wanted, short, [visit(), visit(FIRST + DAY)], by=manager.acting())

    suspend(short, because="調査", by=officer.acting())
    with pytest.raises(Refused, match="停止中"):
        propose_plan(wanted, short, [visit()], by=manager.acting())


def test_a_plan_asks_for_learners_sessions_and_the_same_occupation(held, manager, ward, another):
    with pytest.raises(Refused, match="受講者を名簿に加えて"):
        propose_plan(asked(manager, ward=ward, learners=()), held, [visit()], by=manager.acting())
    wanted = asked(manager, ward=ward)
    with pytest.raises(Refused, match="1回以上"):
        propose_plan(wanted, held, [], by=manager.acting())
    welder = certification_of(another, ward, number="M2", occupation="welding")
    with pytest.raises(Refused, match="職種は、依頼の職種と違います"):
        propose_plan(wanted, welder, [visit()], by=manager.acting())
    assert not Session.objects.exists()


# --- one hour, one session ---


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [("15:30", "17:00", True), ("11:00", "13:00", True), ("15:15", "16:30", False), ("12:00", "13:15", False)],
)
def test_two_firms_do_not_book_one_mentor_for_the_same_hour(start, end, is_free, held, manager, stranger, ward):
    agreed(manager, held)
    other = asked(stranger, ward=ward)

    if is_free:
        assert propose_plan(other, held, [visit(start=start, end=end)], by=stranger.acting())
    else:
        with pytest.raises(Refused, match="この時間には、このマイスターにほかの指導が入っています"):
            propose_plan(other, held, [visit(start=start, end=end)], by=stranger.acting())
        other.refresh_from_db()
        assert other.state == "asked"


def test_two_of_one_plan_do_not_overlap_either(wanted, held, manager):
    with pytest.raises(Refused, match="ほかの指導が入っています"):
        propose_plan(wanted, held, [visit(), visit(start="14:00", end="16:00")], by=manager.acting())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_of_two_firms_at_once_one_gets_the_hour(held, manager, stranger, ward):
    mine, theirs = asked(manager, ward=ward), asked(stranger, ward=ward)

    outcomes = race(
        lambda: propose_plan(mine, held, [visit()], by=manager.acting()),
        lambda: propose_plan(theirs, held, [visit()], by=stranger.acting()),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Refused", "list"]
    assert Session.objects.count() == 1


def test_database_gives_a_quarter_of_an_hour_once(held, manager):
    (session,) = agreed(manager, held)
    taken = session.bookings.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(mentor=held.person, piece=taken.piece, session=session)


def test_database_refuses_a_second_public_money_for_a_session(held, manager):
    (session,) = agreed(manager, held)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicMoney.objects.create(session=session, source="other")


# --- what comes after ---


def test_either_side_cancels_and_the_other_hears(held, manager, master):
    first, second = agreed(manager, held, visit(), visit(FIRST + DAY))

    cancel_session(first, because="機械が故障しました。", by=manager.acting())
    cancel_session(second, because="体調が悪いためです。", by=master.acting())

    assert {one.state for one in Session.objects.all()} == {"cancelled"}
    assert (
        Notification.objects.filter(subject__startswith="実技指導が中止").values_list("person", flat=True).count() == 2
    )
    with pytest.raises(Refused):
        cancel_session(first, because="もう一度", by=manager.acting())


def test_request_taken_back_frees_everything(held, manager, master):
    agreed(manager, held)
    request = MentoringRequest.objects.get()

    cancel_request(request, because="受注が増えたため。", by=manager.acting())

    assert Booking.objects.count() == 0
    assert Notification.objects.filter(person=master.person, subject__startswith="派遣依頼が取り下げ").exists()


def test_learners_are_named_until_the_first_session_begins(held, manager, clock):
    agreed(manager, held)
    request = MentoringRequest.objects.get()
    told = {"age_band": "20s", "years": 0, "role": "", "by": manager.acting()}
    clock.move_to("2027-01-12T12:59+09:00")
    name_learner(request, name="若手 三郎", **told)

    clock.move_to("2027-01-12T13:00+09:00")
    with pytest.raises(Refused, match="最初の実技指導が始まったため"):
        name_learner(request, name="若手 四郎", **told)
    with pytest.raises(Refused, match="最初の実技指導が始まったため"):
        remove_learner(request.learners.first(), by=manager.acting())


def test_one_name_stands_once_in_the_list(wanted, manager):
    with pytest.raises(Refused, match="同じ氏名の受講者"):
        name_learner(wanted, name="若手 一郎", age_band="20s", years=0, role="", by=manager.acting())


def test_a_day_that_has_passed_is_not_asked_for(manager, ward):
    with pytest.raises(Refused, match="明日からの日"):
        asked(manager, ward=ward, wanted_on=TODAY)
    with pytest.raises(Refused, match="職種を一覧から"):
        asked(manager, ward=ward, occupation="alchemy")


# --- suggestions ---


def test_suggestions_say_why_and_put_the_best_first(wanted, held, ward, manager, stranger):
    certification_of(craftsman("遠"), ward, number="M2", is_listed=True)
    hidden = certification_of(craftsman("隠"), ward, number="M3", is_listed=False)
    agreed(stranger, held)

    found = suggestions(wanted, on=TODAY)

    assert hidden.pk not in [one.certification.pk for one in found]
    best = next(one for one in found if one.certification == held)
    assert best.reasons == (
        "職種が同じです（機械加工）。",
        "距離は分かりません（お住まいか仕事場の区市を、まだ聞いていません）。",
        "大田区で指導できます。",
        "「汎用旋盤」を教えられます。",
        "2027年1月12日は、ほかの指導が入っています。",
    )
    assert [one.certification.number for one in found] == ["M2", "M2026-001-9999"]


def test_suggestions_ask_as_often_for_three_as_for_one(wanted, held, ward, django_assert_num_queries):
    with django_assert_num_queries(4):
        suggestions(wanted, on=TODAY)
    for number in (2, 3):
        certification_of(craftsman(f"職{number}"), ward, number=f"M{number}", is_listed=True)
    with django_assert_num_queries(4):
        assert len(suggestions(wanted, on=TODAY)) == 3


def test_distance_is_said_and_who_has_none_comes_after(wanted, held, ward):
    """However well the unknown one fits otherwise."""
    far = certification_of(craftsman("遠"), ward, number="M2", is_listed=True, base="13121")
    near = certification_of(craftsman("近"), ward, number="M3", is_listed=True, base="13109")
    same = certification_of(craftsman("同"), ward, number="M4", is_listed=True, base="13111")

    found = suggestions(wanted, on=TODAY)

    assert [(one.certification, one.km) for one in found] == [(same, 0), (near, 5), (far, 25), (held, None)]
    assert [one.reasons[1] for one in found] == [
        "同じ区市です（大田区）。",
        "約 5 km（品川区と大田区。役所どうしの直線）。",
        "約 25 km（足立区と大田区。役所どうしの直線）。",
        "距離は分かりません（お住まいか仕事場の区市を、まだ聞いていません）。",
    ]


def test_a_place_outside_the_table_has_no_distance(wanted, ward):
    certification_of(craftsman("近"), ward, number="M3", is_listed=True, base="13109")
    MentoringRequest.objects.filter(pk=wanted.pk).update(place="岡山市北区架空1-1", prefecture="岡山県")

    [one] = suggestions(MentoringRequest.objects.get(pk=wanted.pk), on=TODAY)

    assert (one.km, one.reasons[1]) == (None, "距離は分かりません（派遣先の場所が、区市の位置の一覧にありません）。")
