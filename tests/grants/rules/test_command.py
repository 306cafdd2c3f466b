"""Every question of the command names what is wrong with its facts, and one bad line stops nothing else."""

import io
import json
import subprocess
import sys

import pytest

from firms.rules.command import run
from grants.rules import FactError
from grants.rules.questions import QUESTIONS, answer

OTHERS = {
    "employees in words": (
        "firm_size",
        {"industry": "retail", "capital_yen": None, "regular_employees": "many"},
        "regular_employees",
    ),
    "unknown industry": ("firm_size", {"industry": "magic", "capital_yen": 1, "regular_employees": 1}, "industry"),
    "nobody insured": (
        "separation_ratio",
        {"insured_on_claim_date": 0, "qualified_leavers": 0},
        "insured_on_claim_date",
    ),
    "pauses longer than the day": (
        "counted_time",
        {"day_minutes": 60, "meal_minutes": 61, "break_minutes": [], "ceremony_minutes": 0},
        "day_minutes",
    ),
    "contract backwards": (
        "subscription_start",
        {"contract_start": "2026-04-01", "contract_end": "2026-03-31", "plan_filed": "2026-02-02"},
        "contract_end",
    ),
    "filed before the window": (
        "subscription_start",
        {"contract_start": "2026-04-01", "contract_end": "2027-03-31", "plan_filed": "2025-09-30"},
        "plan_filed",
    ),
    "period backwards": (
        "subscription_limit",
        {"supported_from": "2026-04-01", "supported_to": "2026-03-31"},
        "supported_to",
    ),
    "unknown event": ("claim_window", {"event": "birthday", "on": "2026-04-01"}, "event"),
    "done after the end": (
        "claim_window",
        {"event": "training_end", "on": "2026-04-01", "method": "e_learning", "all_completed_on": "2026-04-02"},
        "all_completed_on",
    ),
    "more hours than half a year has": (
        "careerup_raise",
        {"before_total": 1, "after_total": 1, "before_hours": 4417, "after_hours": 1},
        "before_hours",
    ),
    "more hours than a week has": (
        "careerup_raise",
        {"before_total": 1, "after_total": 1, "before_weekly_hours": "168.5", "after_weekly_hours": 40},
        "before_weekly_hours",
    ),
    "half the hours": ("careerup_raise", {"before_total": 1, "after_total": 1, "before_hours": "1"}, "before_hours"),
    "no hours": (
        "careerup_raise",
        {"before_total": 1, "after_total": 1, "before_hours": "0", "after_hours": "1"},
        "before_hours",
    ),
    "no wage before": ("careerup_raise", {"before_total": 0, "after_total": 1}, "before_total"),
    "closing on the 32nd": (
        "careerup_paydays",
        {"conversion": "2026-04-01", "closing_day": 32, "pay_day": 1, "pay_month_offset": 1},
        "closing_day",
    ),
    "probation backwards": (
        "careerup_paydays",
        {
            "conversion": "2026-04-01",
            "closing_day": 31,
            "pay_day": 1,
            "pay_month_offset": 1,
            "probation_to": "2026-03-31",
        },
        "probation_to",
    ),
    "plan backwards": (
        "careerup_plan",
        {"plan_filed": "2026-04-01", "plan_from": "2026-04-03", "plan_to": "2026-04-02", "conversion": "2026-05-01"},
        "plan_to",
    ),
    "months owed": ("trial_grant", {"full_months": -1, "single_parent": False}, "full_months"),
    "nobody raised": ("uplift_test", {"kind": "wage", "workers": []}, "workers"),
    "more attended than planned": (
        "attendance",
        {"method": "class", "planned_minutes": 10, "attended_minutes": 11, "excused_minutes": 0},
        "attended_minutes",
    ),
    "held elsewhen and attended as well": (
        "attendance",
        {
            "method": "class",
            "planned_minutes": 960,
            "attended_minutes": 960,
            "excused_minutes": 0,
            "held_elsewhen_minutes": 480,
        },
        "held_elsewhen_minutes",
    ),
    "nothing planned": (
        "attendance",
        {"method": "class", "planned_minutes": 0, "attended_minutes": 0, "excused_minutes": 0},
        "planned_minutes",
    ),
    "older plan of an untold leave": (
        "long_leave_grant",
        {"plan_filed": "2026-04-07", "sme": True, "takers": [{"paid_minutes": 1}]},
        "first_leave_on",
    ),
    "payment nobody has told": ("keep_until", {"scheme": "careerup", "decided_on": "2027-03-01"}, "last_paid_on"),
    "paid before it was granted": (
        "keep_until",
        {"scheme": "careerup", "decided_on": "2027-03-01", "last_paid_on": "2027-02-28"},
        "last_paid_on",
    ),
    "no hours at all": (
        "practice_course",
        {
            "menu": "approved_practice",
            "plan_filed": "2026-09-01",
            "first": "2026-10-05",
            "last": "2027-04-04",
            "ojt_minutes": 0,
            "class_minutes": 0,
        },
        "last",
    ),
    "nobody on leave": ("long_leave_grant", {"plan_filed": "2026-04-08", "sme": True, "takers": []}, "takers"),
    "no question": ("weather", {}, "question"),
    "no facts": ("trial_plan", None, "facts"),
}


@pytest.mark.parametrize(("question", "facts", "named"), OTHERS.values(), ids=OTHERS)
def test_other_questions_name_the_fact(question, facts, named):
    with pytest.raises(FactError, match=named):
        answer(question, facts)


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_without_facts_is_a_sentence(question):
    with pytest.raises(FactError, match=r"。$"):
        answer(question, {})


def asked(lines):
    out = io.BytesIO()
    run(answer, lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_bad_lines_never_stop_the_others():
    good = json.dumps({"id": "good", "question": "trial_plan", "facts": {"hired": "2026-04-01"}}).encode()
    bad = [
        b"{",
        b"\xff\xfe",
        b"[1]",
        b"null",
        b'{"id": 3}',
        b"[" * 100_000,
        b'{"id": "x", "question": "trial_plan", "facts": {"hired": 1}}',
    ]

    said = asked([good, *bad, b"  \n", good])

    assert [row["id"] for row in said] == ["good", None, None, None, None, 3, None, "x", "good"]
    assert said[0] == said[-1]
    assert all(row["error"].endswith("。") for row in said[1:-1])


def test_fractions_are_read_exactly_and_never_as_floats():
    asked_for = b"""{"id": 1.5, "question": "careerup_raise", "facts": {"before_total": 1500000, "before_weekly_hours": 37.5,
        "after_total": 1750000, "after_weekly_hours": "37.5"}}"""
    endless = b"""{"id": 2, "question": "careerup_raise", "facts": {"before_total": 1, "before_hours": 1e999999999,
        "after_total": 1, "after_hours": NaN}}"""

    said = asked([asked_for.replace(b"\n", b""), endless.replace(b"\n", b"")])

    assert said[0]["id"] == "1.5"
    assert (said[0]["answer"]["before_per_hour"], said[0]["answer"]["after_per_hour"]) == (1539, 1795)
    assert said[1]["error"].startswith("before_hours は0以上の数を")


def test_hours_too_small_to_divide_by_are_refused():
    facts = b'{"before_total": 9, "after_total": 9, "before_hours": 1e-40, "after_hours": 1}'
    line = b'{"id": 1, "question": "careerup_raise", "facts": ' + facts + b"}"

    assert asked([line])[0]["error"].startswith("before_hours は0以上の数を")


def test_ids_that_are_no_name_come_back_as_none():
    said = asked([b'{"id": [1], "question": "none"}', b'{"id": NaN, "question": "none"}'])

    assert [row["id"] for row in said] == [None, "NaN"]
    assert said[0]["error"] == "id は文字列か数で指定してください。"


def test_a_defect_costs_its_own_line_and_reaches_the_log(monkeypatch, capsys):
    monkeypatch.setitem(QUESTIONS, "trial_plan", lambda facts: facts["hired"] / 0)
    lines = [
        b'{"id": 1, "question": "trial_plan", "facts": {"hired": 1}}',
        b'{"id": 2, "question": "firm_size", "facts": {"industry": "retail", "capital_yen": null, "regular_employees": 50}}',
    ]

    said = asked(lines)

    assert said[0] == {"id": 1, "error": "この行は計算できませんでした。facts の値を確認してください。"}
    assert said[1]["answer"]["sme"] is True
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_names_that_are_no_text_come_back_as_they_came():
    line = b'{"id": "\\ud800", "question": "none", "facts": {}}'

    assert asked([line])[0]["id"] == "\ud800"


def test_command_streams_without_django():
    line = json.dumps({"id": 1, "question": "trial_plan", "facts": {"hired": "2026-04-01"}}) + "\n"
    code = (
        "import runpy, sys; runpy.run_module('grants.rules', run_name='__main__');"
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )

    found = subprocess.run([sys.executable, "-c", code], input=line * 3, capture_output=True, text=True, check=True)

    assert [json.loads(row)["answer"]["due"] for row in found.stdout.splitlines()] == ["2026-04-14"] * 3
