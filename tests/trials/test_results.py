"""What an agency reports of a round: up to a quarter's end, in versions, without what the ward may not read."""

from datetime import date

import pytest

from firms.errors import Refused
from firms.models import Notification
from tests.conftest import TODAY
from tests.trials.test_numbers import past  # noqa: F401
from tests.trials.test_papers import read_back
from tests.trials.test_records import values
from trials.actions.matching.results import report_results
from trials.models import Placement, ResultReport
from trials.queries.results import results_of
from trials.rules import report_days

pytestmark = pytest.mark.django_db
OPENED, YEAR_END, QUARTER = date(2026, 1, 15), date(2026, 3, 31), date(2026, 6, 30)


@pytest.fixture
def round(round):
    type(round).objects.filter(pk=round.pk).update(opens_on=OPENED)
    round.refresh_from_db()
    return round


@pytest.mark.parametrize(
    ("first", "on", "days"),
    [
        (OPENED, YEAR_END, []),
        (OPENED, date(2026, 4, 1), [YEAR_END]),
        (OPENED, date(2026, 7, 1), [QUARTER, YEAR_END]),
        (YEAR_END, date(2026, 4, 1), [YEAR_END]),
        (date(2026, 4, 1), date(2026, 6, 30), []),
        (date(2027, 10, 1), date(2028, 1, 1), [date(2027, 12, 31)]),
    ],
)
def test_quarters_that_are_over_are_reported(first, on, days):
    assert list(report_days(first, on)) == days


def test_report_counts_by_the_frozen_definition_up_to_its_day(past, round, adviser):  # noqa: F811
    past(retained=9, hired=5, declined=5, ended=6)
    # Hired the day after the year's end: of that day nobody was converted yet.
    before = results_of(round, adviser.organisation.pk, until=YEAR_END)
    after = results_of(round, adviser.organisation.pk, until=QUARTER)

    assert (before.begun, after.begun) == (25, 25)
    assert (before.rates[0].by_trial.part, after.rates[0].by_trial.part) == (0, 14)
    assert str(after.rates[0].by_trial.percent) == "56.0"


def test_report_is_printed_for_the_ward_without_a_name(past, round, adviser, officer):  # noqa: F811
    past(retained=9, hired=5, declined=5, ended=6)
    name = Placement.objects.first().person.full_name

    report = report_results(round, until=QUARTER, by=adviser.acting(TODAY))

    text = read_back(report)
    assert "14/25（56.0%）" in text
    assert "終了日から" in text
    assert name.replace(" ", "") not in text
    assert Notification.objects.filter(person=officer.person, subject="実績報告が届きました").count() == 1
    assert officer.client().get(f"/trials/results/{report.pk}/").headers["Content-Type"] == "application/pdf"


def test_few_are_hidden_also_where_they_could_be_subtracted(past, round, agency, adviser, other_adviser):  # noqa: F811
    past(retained=9, declined=1)
    past(at=other_adviser.organisation, by=other_adviser, declined=2, retained=5)

    ours = results_of(round, agency.pk, until=QUARTER)
    theirs = results_of(round, other_adviser.organisation.pk, until=QUARTER)

    assert (ours.begun, theirs.begun) == (10, 7)
    assert ours.rates[0].by_trial.part is None
    assert theirs.rates[0].by_trial.part is None


def test_same_again_is_the_version_there_is_and_other_figures_are_a_further_one(past, round, adviser):  # noqa: F811
    past(retained=9)
    first = report_results(round, until=QUARTER, by=adviser.acting(TODAY))
    assert report_results(round, until=QUARTER, by=adviser.acting(TODAY)) == first

    past(declined=6)

    second = report_results(round, until=QUARTER, by=adviser.acting(TODAY))
    assert (first.number, second.number) == (1, 2)
    assert values(first.facts, "報告の範囲")["開始したトライアル"] == "9件"
    assert values(second.facts, "報告の範囲")["開始したトライアル"] == "15件"


@pytest.mark.parametrize("until", [TODAY, date(2026, 5, 31), date(2025, 12, 31)], ids=["to_come", "within", "before"])
def test_only_quarters_of_the_round_are_reported(round, adviser, until):
    with pytest.raises(Refused, match="四半期の末"):
        report_results(round, until=until, by=adviser.acting(TODAY))


def test_agency_without_people_in_the_round_reports_nobody(round, adviser):
    report = report_results(round, until=QUARTER, by=adviser.acting(TODAY))

    assert values(report.facts, "報告の範囲")["開始したトライアル"] == "0件"


def test_report_is_made_on_the_page_by_the_agency_and_read_by_its_ward_alone(round, adviser, other_adviser, officer):
    page = f"/trials/rounds/{round.pk}/results/"
    assert "区に報告する" in adviser.client().get(page).content.decode()
    assert adviser.client().post(f"{page}{QUARTER}/").status_code == 302
    made = ResultReport.objects.get()

    assert "第1版" in officer.client().get(page).content.decode()
    assert "第1版" not in other_adviser.client().get(page).content.decode()
    assert other_adviser.client().get(f"/trials/results/{made.pk}/").status_code == 404
    assert officer.client().post(f"{page}{QUARTER}/").status_code == 403
    assert adviser.client().post(f"{page}soon/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_report_and_three(round, adviser, officer, count, django_assert_num_queries):
    for until in report_days(date(2025, 9, 1), TODAY)[:count]:
        ResultReport.objects.create(
            round=round,
            agency=adviser.organisation,
            until=until,
            number=1,
            facts={},
            sha256="0",
            made_by=adviser.person,
        )
    client = officer.client()
    client.get(f"/trials/rounds/{round.pk}/results/")

    with django_assert_num_queries(8):
        client.get(f"/trials/rounds/{round.pk}/results/")
