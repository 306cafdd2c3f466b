"""Each indicator on a ward one can count by hand, every number with its definition."""

from datetime import date

import pytest

from courses.models import AttendanceMark, Enrolment, LearningEvent
from lms.kpi.frames import size_word
from lms.kpi.money import causes_in
from lms.kpi.telling import told
from mentors.models import Subsidy
from mentors.queries.subsidies import firms_supported
from tests.conftest import MORNING, TODAY
from tests.factories import (
    EnrolmentFactory,
    LessonFactory,
    OrganisationFactory,
    PersonFactory,
    RunFactory,
    UnitFactory,
    at,
)
from tests.lms.kpi.conftest import DAY, figures, hire, mark
from trials.models import Placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(ward):
    return lambda year=2026: told(year, ward=ward, on=TODAY)


# --- training ---


def test_participants_are_those_who_came_once_a_run(facts, train, in_ota, in_shinagawa):
    people = train(in_ota, came=9, away=3, completed=7)
    train(in_ota, came=6, day=date(2026, 11, 2), people=people[:6])
    train(in_shinagawa, came=5, completed=5, field="gx")

    assert figures(facts(), "participants") == {
        "came": 20, "unique": 14, "sessions": 20, "completed": 12, "completed_share": "60.0",
    }  # fmt: skip
    assert figures(facts(), "participants", "area", "大田区")["came"] == 15
    assert figures(facts(), "participants", "area", "品川区") == {
        "came": 5, "unique": 5, "sessions": 5, "completed": 5, "completed_share": "100.0",
    }  # fmt: skip
    assert figures(facts(), "participants", "industry", "サービス業")["unique"] == 5
    assert figures(facts(), "participants", "size", "20～49人")["unique"] == 9
    assert figures(facts(), "participants", "size", "300人以上")["unique"] == 5
    assert figures(facts(), "participants", "programme", "GX（脱炭素）")["came"] == 5


def test_who_took_part_without_a_firm_has_a_line_of_their_own(facts, train, in_ota):
    train(in_ota, came=6)
    run = RunFactory(course__field="dx")
    lesson = LessonFactory(run=run, day=DAY)
    for _n in range(5):
        person = PersonFactory()
        mark(Enrolment.objects.create(run=run, person=person, state="accepted", applied_by=person), lesson, DAY)

    assert figures(facts(), "participants", "area", "企業によらない")["came"] == 5


def test_a_run_over_the_turn_of_the_year_counts_once(facts, train, in_ota):
    """Its people are of the year they first came in; the lessons they came to are of the year they were held in."""
    turn = date(2026, 4, 1)
    people = train(in_ota, came=6, day=date(2026, 3, 31))
    lesson = LessonFactory(run=people[0].enrolments.get().run, number=2, day=turn)
    for employment in people:
        mark(employment.enrolments.get(), lesson, turn)

    assert [figures(facts(year), "participants")["came"] for year in (2025, 2026)] == [6, 0]
    assert [figures(facts(year), "participants")["sessions"] for year in (2025, 2026)] == [6, 6]
    assert [figures(facts(year), "hours")["in_class"] for year in (2025, 2026)] == [720, 720]


def test_marks_taken_back_and_absences_are_no_part(facts, train, in_ota):
    people = train(in_ota, came=7)
    first = AttendanceMark.objects.filter(enrolment__employment__in=people).earliest("pk")
    mark(first.enrolment, first.lesson, DAY, came_at=None, left_at=None, minutes=0, corrects=first, reason="別人")

    assert figures(facts(), "participants")["came"] == 6


def test_a_course_without_lessons_counts_who_completed_a_unit(facts, in_ota):
    run = RunFactory(learn_from=DAY, learn_until=TODAY)
    unit = UnitFactory(course=run.course)
    for n in range(7):
        one = EnrolmentFactory(run=run, employment=hire(in_ota))
        kind = "completed" if n < 5 else "opened"
        LearningEvent.objects.create(enrolment=one, unit=unit, kind=kind, data={}, at=MORNING)

    assert figures(facts(), "participants")["came"] == 5


def test_hours_stand_beside_area_and_skill(facts, train, in_ota, in_shinagawa):
    train(in_ota, came=6)
    train(in_shinagawa, came=5, field="craft")

    assert figures(facts(), "hours") == {"hours": 1320, "in_class": 1320, "by_mentor": 0, "people": 11}
    assert figures(facts(), "hours", "area", "大田区")["hours"] == 720
    assert figures(facts(), "hours", "programme", "技能")["hours"] == 600


# --- trials ---


def test_conversion_by_three_denominators_as_its_round_counts(facts, try_out, in_ota):
    try_out(in_ota, retained=9, unknown=5, declined=5, ended=6)

    assert figures(facts(), "conversion") == {
        "started": 25, "finished": 19, "answered": 19, "converted": 14,
        "rate_started": "56.0", "rate_finished": "73.7", "rate_answered": "73.7",
        "people": 25, "people_rate_started": "56.0", "people_rate_finished": "73.7", "people_rate_answered": "73.7",
    }  # fmt: skip


def test_target_and_definition_of_conversion_are_those_the_round_froze(facts, try_out, past_round, in_ota):
    type(past_round).objects.filter(pk=past_round.pk).update(
        definition={**past_round.definition, "target_percent": 60, "within_days": 30, "target_of": "finished"}
    )
    try_out(in_ota, retained=9, declined=6)

    (one,) = [one for one in facts()["indicators"] if one["code"] == "conversion"]

    # Hired 33 days after the last day, when thirty count.
    assert one["lines"][0]["values"][3] == 0
    assert (one["target"], one["target_of"]) == (60, "rate_finished")
    assert "終了日から30日以内" in one["definition"]


def test_retention_keeps_who_is_unknown_in_its_whole(facts, try_out, in_ota):
    try_out(in_ota, retained=9, unknown=6)

    assert figures(facts(), "retention") == {
        "due": 15, "retained": 9, "voluntary": 0, "dismissal": 0, "mutual": 0, "unknown": 6,
        "retained_share": "60.0", "unknown_share": "40.0",
    }  # fmt: skip


def test_trials_of_another_ward_are_not_counted(facts, try_out, in_ota, past_round):
    try_out(in_ota, retained=9)
    type(past_round).objects.filter(pk=past_round.pk).update(ward=OrganisationFactory(kind="ward"))

    assert figures(facts(), "conversion")["started"] == 0


# --- money and time ---


def subsidy(ward, firm, state, by):
    decided = {"order": firm.pk, "asked_yen": 50_000, "applied_at": MORNING, "decided_on": TODAY, "decided_yen": 50_000}
    fixed = {"fixed_on": TODAY, "fixed_yen": 50_000} if state == "fixed" else {}
    told_of = {"title": "a", "plan": "a", "finish_on": TODAY, "cost_yen": 100_000, "made_by": by}
    return Subsidy.objects.create(
        ward=ward, firm=firm, aim="archive", year=2026, state=state, **told_of, **decided, **fixed
    )


def test_archives_count_each_firm_once_the_amount_is_fixed(facts, officer):
    for state in ["fixed"] * 5 + ["decided"] * 2:
        subsidy(officer.organisation, OrganisationFactory(kind="firm"), state, officer.person)

    # Two more are decided: shown beside the five, they would be told by subtraction.
    assert figures(facts(), "archive") == {"fixed": 5, "decided": None, "yen": 250_000}
    assert firms_supported(officer.organisation.pk, year=2026) == 5


def test_days_from_need_to_help_are_the_middle_ones(facts, try_out, in_ota, past_round):
    try_out(in_ota, declined=5)
    for n, one in enumerate(Placement.objects.filter(seeker__round=past_round).order_by("pk")):
        one.registered_at = at(date(2026, 4, 1), "10:00")
        one.starts_on = one.started_on = date(2026, 4, 11 + n)
        one.last_on = date(2026, 6, 1)
        one.save()

    assert figures(facts(), "help") == {"helped": 5, "days": 12}


def test_cause_of_a_refusal_is_what_the_claim_did_not_meet_for_certain():
    def condition(label, state):
        return {"label": label, "state": state}

    told_of = [condition("出席80%", "unmet"), condition("支払", "unknown"), condition("期限", "met")]

    assert causes_in({"conditions": told_of}) == ["出席80%", "支払"]
    assert causes_in({"conditions": told_of[2:]}) == ["申請のときは要件をすべて満たしていた"]


@pytest.mark.parametrize(
    ("count", "word"),
    [(None, "わからない"), (4, "4人以下"), (5, "5～19人"), (19, "5～19人"), (20, "20～49人"), (300, "300人以上")],
)
def test_size_is_told_in_classes(count, word):
    assert size_word(count, (5, 20, 50, 100, 300)) == word


@pytest.mark.parametrize("count", [6, 18])
def test_queries_are_the_same_for_six_people_and_eighteen(
    count, facts, train, try_out, in_ota, django_assert_num_queries
):
    train(in_ota, came=count)
    try_out(in_ota, retained=count)

    with django_assert_num_queries(22):
        facts()
