"""The next thing to do, in each state of a case."""

from datetime import date

import pytest

from grants.actions.deadlines import refresh
from grants.cases.overview import overview
from tests.conftest import cast
from tests.factories import EmploymentFactory, EnrolmentFactory
from tests.grants.conftest import CLAIM_DAY
from tests.grants.test_deadlines import move_lesson

IN_DECEMBER = date(2026, 12, 1)


def titles(case, who, day):
    return overview(case, acting=who.acting(day)).guide.title


@pytest.mark.parametrize(
    ("state", "day", "title"),
    [
        ("case", IN_DECEMBER, "足りないもの2件をうめる"),
        ("stated", IN_DECEMBER, "計画を確定する"),
        ("stated", date(2027, 1, 5), "計画届の期限を過ぎました"),
        ("stated", CLAIM_DAY, "計画届の期限を過ぎました"),
        ("planned", IN_DECEMBER, "計画届を労働局へ出す"),
        ("filed", IN_DECEMBER, "訓練を計画どおりに行う"),
        ("paid", CLAIM_DAY, "支給申請を確かめて確定する"),
        ("paid", date(2027, 4, 13), "支給申請の期限を過ぎました"),
        ("frozen", CLAIM_DAY, "支給申請を労働局へ出す"),
        ("claimed", date(2027, 3, 1), "決定の通知を待つ"),
        ("approved", date(2027, 5, 20), "入金を記録する"),
    ],
)
def test_guide_says_what_is_next(request, manager, state, day, title):
    assert titles(request.getfixturevalue(state), manager, day) == title


@pytest.mark.parametrize("state", ["stated", "planned", "filed", "paid", "frozen", "claimed", "approved"])
def test_clerk_is_offered_no_door_that_is_closed(request, office, advisor, state):
    clerk = cast("clerk", office, "事務")
    found = request.getfixturevalue(state)

    offered = overview(found, acting=clerk.acting(CLAIM_DAY)).guide

    assert not offered.posts
    for url in filter(lambda url: url.startswith("/"), (offered.url, offered.other_url)):
        assert clerk.client().get(url).status_code in {200, 302}


def test_untold_change_goes_before_everything(filed, manager, run):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)

    assert titles(filed, manager, IN_DECEMBER) == "計画変更届を労働局へ出す"
    assert titles(filed, manager, date(2027, 2, 10)) == "変更届のふつうの期限を過ぎました"


def test_change_nobody_can_tell_any_more_is_said(filed, manager, run, pattern):
    """Somebody joined after the filing: no illness leaves them more days."""
    EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=filed.establishment, pattern=pattern))
    refresh(filed, by=None)

    assert titles(filed, manager, date(2027, 2, 3)) == "計画と違う訓練になっています"


def test_steps_move_on_when_the_training_is_over(filed, manager):
    during, after = (overview(filed, acting=manager.acting(day)).step for day in (date(2027, 2, 10), date(2027, 2, 11)))

    assert (during, after) == (4, 5)
