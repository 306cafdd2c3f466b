"""What waits around skill manuals and the ward's subsidies stands on the homes of those concerned, and in their calendars."""

from datetime import date

import pytest
from django.urls import reverse

from mentors.actions.manuals.approving import answer_approval, put_off_review, withdraw_manual
from mentors.actions.manuals.people import name_appearance, say_nobody
from mentors.actions.subsidies.asking import report_subsidy
from mentors.actions.subsidies.deciding import fix_subsidy
from mentors.models import SkillManual
from mentors.queries.manuals import asked_now
from tests.conftest import TODAY
from tests.lms.test_visits_feed import desk, entries
from tests.mentors.makers import certification_of, craftsman
from tests.mentors.manuals.makers import approved, handed_in, member, published, written
from tests.mentors.subsidies.makers import applied, begun, decided, proved, reported

HOME = reverse("home")
TITLE = "汎用旋盤でおねじを切る"


@pytest.fixture(autouse=True)
def films_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def two(firm):
    return [member(firm, name) for name in ("旋", "磨")]


def shown(who):
    return who.client().get(HOME).content.decode()


def test_the_approver_whose_turn_it_is_is_told_and_nobody_else(manager, two, stranger):
    manual = written(manager)
    version = handed_in(manual, manager, two)
    waits = f"マニュアルを見て承認する：{TITLE}"
    assert [waits in shown(one) for one in (*two, manager, stranger)] == [True, False, False, False]

    answer_approval(asked_now(version)[0], verdict="approve", reason="", by=two[0].acting())
    assert [waits in shown(one) for one in two] == [False, True]
    answer_approval(asked_now(version)[1], verdict="return", reason="音が入っていない", by=two[1].acting())
    assert [waits in shown(one) for one in two] == [False, False]
    page = shown(manager)
    assert (f"マニュアルの下書きを続ける：{TITLE}" in page, "音が入っていない" in page) == (True, True)


def test_a_master_who_acts_for_nobody_is_asked_on_their_home(manager, ward):
    master = craftsman("匠")
    certification_of(master, ward, is_listed=True)
    handed_in(written(manager), manager, [master])

    assert f"マニュアルを見て承認する：{TITLE}" in shown(master)


def test_who_is_in_the_picture_is_asked_once(manager, two):
    name_appearance(written(manager), person=two[0].person, name="", email="", by=manager.acting())
    asked = f"写ることに同意するか答える：{TITLE}"

    assert [shown(one).count(asked) for one in (*two, manager)] == [1, 0, 0]


def test_the_keeper_is_told_to_publish_and_to_look_again(manager, two, clock):
    manual = written(manager)
    say_nobody(manual, by=manager.acting())
    approved(manual, manager, two)
    assert f"承認されたマニュアルを公開する：{TITLE}" in shown(manager)

    published(manager, title="二つめ", approvers=two, has_film=False)
    again = "マニュアルを見直す：二つめ"
    assert again not in shown(manager)
    clock.move_to("2027-10-21T10:00+09:00")
    assert [again in shown(one) for one in (manager, *two)] == [True, False, False]
    put_off_review(SkillManual.objects.get(title="二つめ"), on=date(2028, 6, 1), by=manager.acting(date(2027, 10, 21)))
    assert again not in shown(manager)


def test_a_subsidy_waits_for_the_firm_and_then_for_the_ward(manager, officer, stranger, ward):
    begun(manager, ward, title="下書きの助成")
    assert "区の助成を申請する：下書きの助成" in shown(manager)
    applied(manager, ward, aim="knowledge")
    assert "区の助成の交付を決める：（架空）大森機械製作所" in shown(officer)

    made = decided(manager, officer, aim="archive", title="旋盤の動画")
    assert "区の助成の実績を報告する：旋盤の動画" in shown(manager)
    assert "区の助成の実績を報告する" not in shown(stranger)
    assert made.report_by is not None


def test_what_is_reported_waits_for_the_ward_to_fix_and_to_pay(manager, officer):
    made = reported(manager, officer)
    assert "区の助成の額を確定する" in shown(officer)
    fix_subsidy(made, by=officer.acting())
    assert "区の助成の支払いを記録する" in shown(officer)


def test_the_keeper_has_the_day_of_looking_again_in_the_calendar(manager, two):
    manual = published(manager, has_film=False)
    address, other = desk(manager), desk(two[0])
    entry = entries(address)[f"manual-{manual.pk}"]
    assert (entry["dtstart"].dt, str(entry["summary"])) == (manual.review_on, f"技能マニュアルを見直す日：{TITLE}")
    assert f"manual-{manual.pk}" not in entries(other)

    put_off_review(manual, on=date(2027, 3, 1), by=manager.acting())
    moved = entries(address)[f"manual-{manual.pk}"]
    assert (moved["dtstart"].dt, moved["sequence"]) == (date(2027, 3, 1), 1)
    withdraw_manual(manual, because="機械を替えた", by=manager.acting())
    assert str(entries(address)[f"manual-{manual.pk}"]["status"]) == "CANCELLED"


def test_the_desk_has_the_day_of_the_report_in_the_calendar(manager, two, officer):
    made = decided(manager, officer)
    address = desk(manager)
    entry = entries(address)[f"subsidy-{made.pk}"]
    assert (entry["dtstart"].dt, str(entry["summary"])) == (
        made.report_by,
        "期限：区の助成の実績報告 旋盤の技能の動画化",
    )
    for other in (two[0], officer):
        assert f"subsidy-{made.pk}" not in entries(desk(other))

    proved(made, manager)
    told = {"finished_on": TODAY, "spent_yen": 480_000, "result": "三本できた", "manuals": []}
    report_subsidy(made, by=manager.acting(), **told)
    assert str(entries(address)[f"subsidy-{made.pk}"]["summary"]).startswith("済：")


def test_the_home_asks_as_often_for_three_manuals_as_for_one(manager, two, ward, django_assert_num_queries):
    handed_in(written(manager), manager, two)
    client = two[0].client()
    client.get(HOME)
    with django_assert_num_queries(10):
        one = client.get(HOME)
    for title in ("二つめ", "三つめ"):
        handed_in(written(manager, title=title), manager, two)
    with django_assert_num_queries(10):
        three = client.get(HOME)

    assert len(three.content) > len(one.content)
