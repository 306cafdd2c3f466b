"""What grants/ reads of trials/: the options before an offer, on the host's page alone, and wage aid not drawn twice."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from grants.actions.statements import answer
from grants.facts import gather_claim
from grants.queries.after_trial import direct_prospect, in_direct_trial, options_of
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, fresh
from tests.trials.conftest import adviser, agency, posting, round, trial  # noqa: F401
from tests.trials.factories import DirectTrialFactory
from tests.trials.playing import LAST
from trials.models import DirectTrial

pytestmark = pytest.mark.django_db


def test_option_of_a_running_trial_is_reckoned_from_its_days(trial):  # noqa: F811
    trial.active()

    option = options_of(trial.now, on=date(2026, 12, 20))[0]

    assert (option.code, option.state, option.amount) == ("careerup", "unmet", 0)
    assert "2026年12月1日（火）から2027年1月31日（日）まで" in option.conditions[0].because


def test_probation_and_the_day_of_the_offer_are_taken_from_it(trial):  # noqa: F811
    trial.offered(hire_on=date(2027, 3, 15))

    told = {one.code: one.state for one in options_of(trial.now, on=LAST)[0].conditions}

    assert (told["contract"], told["probation"]) == ("unmet", "met")


def test_nothing_is_said_before_there_is_a_term(trial):  # noqa: F811
    trial.matching()

    assert options_of(trial.now, on=date(2026, 11, 20)) == ()


def test_host_reads_it_before_the_offer_and_nobody_else_does(trial):  # noqa: F811
    trial.answered()
    address = reverse("trials:placement", args=[trial.placement.pk])
    with time_machine.travel(at(LAST, "10:00"), tick=True):
        people = {"manager": trial.manager, "trialist": trial.trialist, "adviser": trial.adviser}
        pages = {name: one.client().get(address).content.decode() for name, one in people.items()}
        form = trial.manager.client().get(reverse("trials:step", args=[trial.placement.pk, "offer"])).content.decode()

    assert {name: "採用したときに使えるかもしれない助成金" in page for name, page in pages.items()} == {
        "manager": True,
        "trialist": False,
        "adviser": False,
    }
    assert "受けられない" in form
    assert "今年度の定めは確かめられていません" in form


# --- 国のトライアル雇用 ---


@pytest.mark.parametrize(("ended", "yen"), [(None, 120_000), (date(2026, 12, 31), 80_000), (date(2026, 12, 1), 40_000)])
def test_direct_trial_draws_by_its_months(ended, yen):
    found = DirectTrialFactory.build(employment=None, ended_on=ended)

    assert direct_prospect(found).amount == yen


def test_page_of_a_direct_trial_says_what_it_could_draw(manager, establishment):
    found = DirectTrialFactory(employment__establishment=establishment)

    page = manager.client().get(reverse("trials:direct", args=[found.pk])).content.decode()

    assert "120,000円" in page
    assert "賃金助成を重ねて受けられません" in page


# --- not twice ---


def marks(case):
    return [one["in_trial_support_period"] for one in gather_claim(fresh(case), CLAIM_DAY)["grant"]["workers"]]


def in_trial_of(case, **days):
    """The case's first trainee, hired on the national trial by the same firm."""
    key = int(gather_claim(fresh(case), CLAIM_DAY)["workers"][0]["key"])
    given = {"hired_on": date(2026, 12, 1), "last_on": date(2027, 2, 28), **days}
    return DirectTrialFactory(employment=case.run.enrolments.get(pk=key).employment, **given)


def test_worker_in_a_supported_trial_draws_no_wage_aid_whatever_was_said(filed, manager):
    answer(filed, "not_in_trial", value="yes", by=manager.acting(CLAIM_DAY))
    before = marks(filed)
    start, end = (gather_claim(fresh(filed), CLAIM_DAY)["training"][name] for name in ("starts_on", "ends_on"))
    in_trial_of(
        filed, referred_on=date(2026, 1, 1), hired_on=date.fromisoformat(start), last_on=date.fromisoformat(end)
    )

    assert set(before) == {False}
    assert marks(filed).count(True) == 1


@pytest.mark.parametrize("state", ["lapsed", "denied"])
def test_trial_nothing_is_drawn_for_marks_nobody(filed, state):
    found = in_trial_of(filed, referred_on=date(2026, 1, 1), hired_on=date(2026, 1, 2), last_on=date(2027, 12, 31))
    key = int(gather_claim(fresh(filed), CLAIM_DAY)["workers"][0]["key"])
    days = {"first": date(2026, 1, 2), "last": date(2027, 12, 31)}
    assert in_direct_trial([key], **days) == {key}

    told = {"state": state, "closed_because": "x"} if state == "lapsed" else {
        "state": state, "plan_filed_on": date(2026, 1, 5), "ended_on": date(2027, 1, 1), "ended_with": "finished",
        "claim_from": date(2027, 1, 2), "claim_until": date(2027, 3, 1), "claimed_on": date(2027, 1, 3), "decided_on": date(2027, 2, 1),
    }  # fmt: skip
    DirectTrial.objects.filter(pk=found.pk).update(**told)

    assert in_direct_trial([key], **days) == frozenset()


@pytest.mark.parametrize(
    ("first", "last", "is_marked"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), False),
        (date(2026, 11, 1), date(2026, 12, 1), True),
        (date(2027, 2, 28), date(2027, 3, 10), True),
        (date(2027, 3, 1), date(2027, 3, 10), False),
    ],
)
def test_days_of_the_trial_decide(filed, first, last, is_marked):
    in_trial_of(filed)
    key = int(gather_claim(fresh(filed), CLAIM_DAY)["workers"][0]["key"])

    assert bool(in_direct_trial([key], first=first, last=last)) is is_marked
