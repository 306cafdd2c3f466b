"""The frame of the benchmarks: what it says, and that it never touches the real database."""

import json
import os
import sqlite3
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from bench import courses, imports, mentors, peers
from bench.measures import WARM_UP, Measure, percentile, timings
from bench.pages import measure
from bench.registry import BENCHES
from courses.models import AttendanceMark
from demo.load import load
from firms.queries import today
from mentors.models import Statement
from tests.processes import run_with_its_children

PATIENCE_SECONDS = 600

COURSES = [
    "feed",
    "feed_unchanged",
    "catalogue",
    "search",
    "search_with_facets",
    "calendar_of_runs",
    "course",
    "run",
    "enrol",
    "roster_save",
    "check_in",
]
MENTORS = [
    "register_search",
    "request",
    "log_save",
    "manual_search",
    "manual_search_two",
    "manual_search_none",
    "manuals",
    "manual",
]
PAGES = [
    "feed",
    "feed_unchanged",
    "home_manager",
    "home_advisor",
    "home_officer",
    "catalogue",
    "catalogue_search",
    "course",
    "enrol_forecast",
    "roster_save",
    "claim",
]


PEERS = [
    "sign-in",
    "catalogue",
    "search, 入門",
    "course page, first",
    "course page, again",
    "course page of 40 runs, first",
    "course page of 40 runs, again",
    "run of 20",
    "run of 200",
    "completion of 200",
    "roster of 200",
    "feed of 120 entries",
    "home of an employee",
]


def test_percentile_is_a_value_that_was_measured():
    values = [float(number) for number in range(1, 101)]

    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([7.0], 0.95)) == (51.0, 96.0, 7.0)


def test_timings_throw_the_first_runs_away_and_prepare_each():
    done = []

    found = timings(lambda: done.append("act"), before=lambda: done.append("before"), runs=2)

    assert len(found) == 2
    assert done == ["before", "act"] * (WARM_UP + 2)


def test_bench_without_a_name_lists_what_there_is(capsys):
    call_command("bench")

    assert capsys.readouterr().out.split() == list(BENCHES)


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["rules", "--scale", "0"], ["rules", "--serve"]],
    ids=["unknown", "scale below one", "not served"],
)
def test_bench_refuses_what_it_cannot_measure(arguments):
    with pytest.raises(CommandError):
        call_command("bench", *arguments)


def tables_in(path):
    """Django's checks may open the real database; nothing may be written to it."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.slow
def test_bench_pages_measures_every_page_on_a_database_of_its_own(tmp_path):
    environment = os.environ | {"TAKUMI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings"}
    command = [sys.executable, "manage.py", "bench", "pages", "--scale", "2", "--runs", "1", "--json"]

    done = run_with_its_children(command, seconds=PATIENCE_SECONDS, cwd=settings.BASE_DIR, env=environment)

    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["measure"] for one in found] == PAGES
    assert all(one["p50"] > 0 and one["queries"] > 0 and (one["n"], one["scale"]) == (1, 2) for one in found)
    assert list((tmp_path / "bench").iterdir()) == []
    assert tables_in(tmp_path / "takumi.sqlite3") == []


@pytest.mark.slow
def test_bench_courses_measures_every_page(db):
    load(today(), scale=1)

    found = [measure(page, scale=1, runs=1) for page in courses.pages()]

    assert [one.measure for one in found] == COURSES
    assert {one.measure: one.queries for one in found}["feed_unchanged"] == 1


@pytest.mark.slow
def test_bench_mentors_measures_every_page_and_the_month(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(mentors, "MANUALS", 30)
    monkeypatch.setattr(mentors, "MENTORS", 5)
    load(today(), scale=1)
    mentors.fill(1)

    found = [measure(page, scale=1, runs=1) for page in mentors.pages()]
    closed = mentors.month_close(1)

    assert [one.measure for one in found] == MENTORS
    assert {one.measure for one in found if one.queries > 10} == {"log_save"}
    assert (closed.measure, closed.n) == ("month_close of 5", 3)
    assert Statement.objects.count() == 1


@pytest.mark.slow
def test_bench_peers_measures_every_page_beside_theirs(db):
    load(today(), scale=4)

    with override_settings(ACCOUNT_RATE_LIMITS=False):
        found = [peers.in_process(page, scale=4, runs=1) for page in peers.pages()]

    assert [one.measure for one in found] == PEERS
    assert all(one.per_second > 0 for one in found)
    assert {one.measure: (one.peer, one.goal) for one in found}["roster of 200"] == (2.4, 10)
    assert {one.measure: one.queries for one in found if one.queries > 15} == {}


def test_bench_peers_refuses_an_answer_that_is_not_the_page():
    page = peers.PeerPage("catalogue", "/courses/", says="card", times=2)

    peers.check(page, 200, b"card card")

    for status, body in ((500, b"card card"), (200, b"card")):
        with pytest.raises(RuntimeError):
            peers.check(page, status, body)


def test_bench_peers_tells_how_many_times_the_peer():
    page = peers.PeerPage("catalogue", "/courses/", peer=34, goal=10)

    found = peers.beside(page, Measure("catalogue", "ms cpu", 2.0, 3.0, 30, 4, 1), per_second=500)

    assert (found.per_second, found.ratio, found.goal, found.p50) == (500, 14.7, 10, 2.0)


@pytest.mark.slow
def test_bench_peers_serves_by_real_processes(tmp_path):
    # On what comes with Takumi, whatever the suite runs on: the processes are what is tried here.
    grown = {"DATABASE_URL", "CACHE_URL", "CELERY_BROKER_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in grown}
    environment |= {"TAKUMI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings"}
    command = [sys.executable, "manage.py", "bench", "peers", "--serve", "--scale", "4", "--runs", "4", "--json"]

    done = run_with_its_children(command, seconds=PATIENCE_SECONDS, cwd=settings.BASE_DIR, env=environment)

    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["measure"] for one in found] == [name for name in PEERS if not name.endswith("first")]
    assert all(one["per_second"] > 0 for one in found)


def test_bench_courses_takes_a_file_in_and_back(coordinator, monkeypatch):
    monkeypatch.setattr(imports, "SIZE", imports.Size(runs=2, people=7, lessons=3, broken_row=11))

    written, taken_back = imports.imported(1, by=coordinator.acting(today()))

    assert (written.measure, taken_back.measure) == (
        "import of 42 marks, read and written",
        "import of 42 marks taken back",
    )
    assert (AttendanceMark.objects.current().count(), AttendanceMark.objects.count()) == (0, 2 * 41)
