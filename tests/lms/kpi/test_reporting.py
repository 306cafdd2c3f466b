"""What was reported stays as it was reported."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from lms.kpi.reporting import report
from lms.models import IndicatorReport
from tests.conftest import TODAY, cast
from tests.factories import OrganisationFactory
from tests.lms.kpi.conftest import figures

pytestmark = pytest.mark.django_db


def test_last_years_figure_stays_what_was_reported(officer, train, in_ota):
    train(in_ota, came=6)
    kept = report(2026, by=officer.acting())

    train(in_ota, came=7)
    again = report(2026, by=officer.acting())

    assert figures(IndicatorReport.objects.get(pk=kept.pk).lifted, "participants")["came"] == 6
    assert (again.number, figures(again.lifted, "participants")["came"]) == (2, 13)
    assert JournalEntry.objects.filter(verb="indicator_report.freeze").count() == 2


def test_figures_that_did_not_change_are_not_reported_twice(officer):
    report(2026, by=officer.acting())

    with pytest.raises(Refused, match="第1版から、数は変わっていません"):
        report(2026, by=officer.acting())


@pytest.mark.parametrize(
    ("name", "fields"), [("indicator_report_number_once", {}), ("indicator_report_numbered_from_one", {"number": 0})]
)
def test_database_refuses(name, fields, officer):
    given = {
        "ward": officer.organisation,
        "year": 2026,
        "number": 1,
        "as_of": TODAY,
        "facts": {},
        "reported_by": officer.person,
    }
    IndicatorReport.objects.create(**given)

    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorReport.objects.create(**{**given, **fields})


@pytest.mark.parametrize("write", ["update", "delete"])
def test_report_is_append_only(write, officer):
    kept = report(2026, by=officer.acting())
    rows = IndicatorReport.objects.filter(pk=kept.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(year=2025) if write == "update" else rows._raw_delete(rows.db)


def test_officer_keeps_a_report_and_reads_it_on_its_page(officer, train, in_ota):
    train(in_ota, came=6)
    browser = officer.client()

    answer = browser.post(reverse("kpi:report_new", args=[2026]), follow=True)
    page = answer.content.decode()

    assert "2026年度の指標（報告 第1版）" in page
    assert "この版は変わりません" in page
    assert (
        reverse("kpi:report", args=[IndicatorReport.objects.get().pk])
        in browser.get(reverse("kpi:indicators")).content.decode()
    )


@pytest.mark.parametrize("year", [2021, 2027])
def test_only_years_of_the_page_are_reported(year, officer):
    assert officer.client().post(reverse("kpi:report_new", args=[year])).status_code == 404
    assert not IndicatorReport.objects.exists()


def test_report_of_another_ward_is_nobody_elses(officer):
    kept = report(2026, by=officer.acting())
    other = cast("officer", OrganisationFactory(kind="ward", name="（架空）西都区"), "西")

    assert other.client().get(reverse("kpi:report", args=[kept.pk])).status_code == 404
    assert list(IndicatorReport.objects.visible_to(officer.acting(date(2027, 4, 1)))) == [kept]
