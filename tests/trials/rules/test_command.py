"""Every question of the command names what is wrong with its facts, and one bad line stops nothing else."""

import io
import json
import subprocess
import sys

import pytest

from firms.rules.command import run
from tests.trials.rules.worked import WORKED
from tests.worked import NOTHING, fullest, put
from trials.rules import FactError
from trials.rules.questions import QUESTIONS, answer

BAD = {
    "contract backwards": ("contract_term", ("end",), "2026-04-15", "end（2026-04-15）が start"),
    "no such day": ("contract_term", ("start",), "2027-02-29", "start の 2027-02-29 は暦にない日"),
    "unknown exception": ("contract_term", ("exception",), "over_50", "exception は over_60・day_student"),
    "exception left out": ("contract_term", ("exception",), NOTHING, "exception がありません"),
    "no end": ("contract_term", ("end",), NOTHING, "end がありません"),
    "no months": ("last_day_of_months", ("months",), 0, "months は1以上"),
    "months in words": ("last_day_of_months", ("months",), "6", "months は整数"),
    "endless months": ("last_day_of_months", ("months",), 10**6, "months は1200以下"),
    "unknown kind": ("trial_limits", ("legal_kind",), "loan", "legal_kind は temp_to_perm・dispatch"),
    "fewer than no trials": ("trial_limits", ("earlier_trials",), -1, "earlier_trials は0以上"),
    "programme without a limit": ("trial_limits", ("programme", "months_per_trial"), NOTHING, r"programme\.months_per"),
    "programme that is a word": ("trial_limits", ("programme",), "ward", "programme は項目と値の組"),
    "unknown key of the programme": ("trial_limits", ("programme", "days"), 1, r"programme\.days という項目"),
    "trial backwards": ("trial_limits", ("planned_last_day",), "2026-09-30", "planned_last_day（2026-09-30）が"),
    "started before leaving": ("former_employer_bar", ("start",), "2026-01-30", "start（2026-01-30）が left_on"),
    "retired maybe": ("former_employer_bar", ("retired_over_60",), "yes", "retired_over_60 は true か false"),
    "insured backwards": ("social_insurance", ("end",), "2026-03-31", "end（2026-03-31）が start"),
    "renewal unknown": ("social_insurance", ("may_be_renewed",), None, "may_be_renewed は true か false"),
    "asked before told": ("intent_dates", ("opens_before",), 3, "3・20・15日前では順が逆"),
    "due after silence is told": ("intent_dates", ("due_before",), 10, "30・10・15日前では順が逆"),
    "days owed": ("intent_dates", ("escalates_before",), -1, "escalates_before は0以上"),
    "hired in words": ("retention_dates", ("hired",), "soon", "hired は 2026-04-01 の形"),
    "over before it is said": ("host_termination", ("last_day",), "2026-09-30", "last_day（2026-09-30）が notice_on"),
    "days off owed": ("accident_report", ("days_off",), -1, "days_off は0以上"),
    "days off in words": ("accident_report", ("days_off",), "four", "days_off は整数"),
    "nobody, less one": ("ledger_required", ("dispatched",), -1, "dispatched は0以上"),
    "half a person": ("ledger_required", ("own_employees",), 1.5, "own_employees は整数"),
    "no such prefecture": ("minimum_wage", ("prefecture",), "江戸", "prefecture は東京都のような"),
    "prefecture by number": ("minimum_wage", ("prefecture",), 13, "prefecture は東京都のような"),
    "negative wage": ("minimum_wage", ("hourly_yen",), -1, "hourly_yen は0以上"),
    "placements that are none": ("conversion_rate", ("placements",), {}, "placements は一覧"),
    "placement without its end": ("conversion_rate", ("placements", 1, "trial_end"), NOTHING, r"placements\[2\]\.trial_end"),
    "hired nobody says": (
        "conversion_rate",
        ("placements", 0, "hired_permanently_on"),
        NOTHING,
        r"placements\[1\]\.hired_permanently_on がありません",
    ),
    "no days to answer in": ("answer_due", ("working_days",), 0, "working_days は1以上"),
    "from nowhere": ("answer_due", ("from",), None, "from は 2026-04-01 の形"),
}  # fmt: skip


@pytest.mark.parametrize(("question", "path", "value", "named"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_by_the_name_of_the_fact(question, path, value, named):
    with pytest.raises(FactError, match=named):
        answer(question, put(fullest(WORKED, question), path, value))


def test_bad_input_is_shown_for_every_question():
    assert {question for question, *_ in BAD.values()} == set(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_without_facts_is_a_sentence(question):
    with pytest.raises(FactError, match=r"。$"):
        answer(question, {})


def test_days_before_the_law_that_is_kept_are_refused():
    with pytest.raises(FactError, match="2012-09-30の時点で有効な数値「dispatch / contract"):
        answer("contract_term", {"start": "2012-09-30", "end": "2012-12-31", "exception": None})


def test_bad_lines_never_stop_the_others():
    good = b'{"id": "good", "question": "retention_dates", "facts": {"hired": "2026-04-01"}}'
    bad = [b"{", b"\xff", b"null", b'{"id": 3}', b'{"id": "x", "question": "retention_dates", "facts": {"hired": 1}}']
    out = io.BytesIO()

    run(answer, [good, *bad, good], out)

    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["id"] for row in said] == ["good", None, None, None, 3, "x", "good"]
    assert said[0] == said[-1]
    assert all(row["error"].endswith("。") for row in said[1:-1])


def test_command_streams_without_django():
    line = json.dumps({"id": 1, "question": "retention_dates", "facts": {"hired": "2026-08-31"}}) + "\n"
    code = (
        "import runpy, sys; runpy.run_module('trials.rules', run_name='__main__');"
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )

    found = subprocess.run([sys.executable, "-c", code], input=line * 3, capture_output=True, text=True, check=True)

    assert [json.loads(row)["answer"]["month_6"] for row in found.stdout.splitlines()] == ["2027-02-28"] * 3
