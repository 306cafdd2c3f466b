"""Every question of the command names what is wrong with its facts, and one bad line stops nothing else."""

import io
import json
import subprocess
import sys

import pytest

from firms.rules.command import run
from mentors.rules import FactError
from mentors.rules.questions import QUESTIONS, answer
from tests.mentors.rules.worked import WORKED
from tests.worked import NOTHING, fullest, put

BAD = {
    "unknown qualification": ("certification", ("qualification",), "grade_3", "qualification は special_grade・grade_1"),
    "practice backwards": ("certification", ("practice", 0, "to"), "2000-01-01", r"practice\[1\]\.to（2000-01-01）が"),
    "practice without an end": ("certification", ("practice", 0, "to"), NOTHING, r"practice\[1\]\.to がありません"),
    "practice in words": ("certification", ("practice",), "long", "practice は一覧"),
    "instruction that is a day": ("certification", ("instruction", 0), "2020-04-01", r"instruction\[1\] は項目と値"),
    "qualified nobody knows when": ("certification", ("qualified_on",), None, "qualified_on は 2026-04-01 の形"),
    "no day": ("certification", ("on",), "2027-02-29", "on の 2027-02-29 は暦にない日"),
    "will in words": ("certification", ("willing",), "yes", "willing は true か false"),
    "unknown host": ("visit_limit", ("host",), "shop", "host は firm・association・school"),
    "fewer than no visits": ("visit_limit", ("done",), -1, "done は0以上"),
    "visits in words": ("visit_limit", ("planned",), "3", "planned は整数"),
    "no such time": ("session_length", ("start",), "24:00", "start は 13:00 の形"),
    "time as a number": ("session_length", ("end",), 1610, "end は 13:00 の形"),
    "over before it begins": ("session_length", ("end",), "13:00", "end が start より後ではありません"),
    "pause longer than the visit": ("session_length", ("break_minutes",), 191, "break_minutes（191分）が"),
    "pause owed": ("session_length", ("break_minutes",), -1, "break_minutes は0以上"),
    "two leads": ("plan_due", ("lead",), {"days": 50, "months": 1}, "lead は days か months のどちらか"),
    "no lead": ("plan_due", ("lead",), {}, "lead は days か months のどちらか"),
    "lead of weeks": ("plan_due", ("lead",), {"weeks": 2}, r"lead\.weeks という項目"),
    "lead of nothing": ("plan_due", ("lead",), {"days": 0}, r"lead\.days は1以上"),
    "visit nobody knows when": ("plan_due", ("first_visit",), NOTHING, "first_visit がありません"),
    "negative fee": ("withholding", ("fee_yen",), -1, "fee_yen は0以上"),
    "fee in words": ("withholding", ("fee_yen",), "30000", "fee_yen は整数"),
    "carrier unknown": ("withholding", ("travel_paid_to_carrier",), None, "travel_paid_to_carrier は true か false"),
    "no term": ("renewal_dates", ("term_years",), 0, "term_years は1以上"),
    "no first day": ("renewal_dates", ("certified_on",), "2026-13-01", "certified_on の 2026-13-01 は暦にない日"),
    "kanji in a name": ("transfer_file", ("payments", 1, "name_kana"), "山田・ジュン", r"payments\[2\]\.name_kana の「山田・」は"),
    "ヲ in a name": ("transfer_file", ("payments", 0, "name_kana"), "カヲリ", r"payments\[1\]\.name_kana の「ヲ」は"),
    "kanji of the payer": ("transfer_file", ("payer", "name_kana"), "東特", r"payer\.name_kana の「東特」は"),
    "kanji of a bank": ("transfer_file", ("payments", 0, "bank_kana"), "銀行", r"payments\[1\]\.bank_kana の「銀行」は"),
    "name of spaces": ("transfer_file", ("payments", 0, "name_kana"), "\u3000 ", r"payments\[1\]\.name_kana は空でない"),
    "bank of three digits": ("transfer_file", ("payments", 0, "bank"), "990", r"payments\[1\]\.bank は4桁の半角数字"),
    "branch of four": ("transfer_file", ("payer", "branch"), "1010", r"payer\.branch は3桁の半角数字"),
    "account of eight": ("transfer_file", ("payments", 0, "account"), "12345678", r"account は7桁以内の半角数字"),
    "account as a number": ("transfer_file", ("payments", 0, "account"), 123, r"account は7桁以内の半角数字"),
    "account in wide digits": ("transfer_file", ("payments", 0, "account"), "１２３", r"account は7桁以内の半角数字"),
    "code of eleven": ("transfer_file", ("payer", "code"), "12345678901", r"payer\.code は10桁以内"),
    "unknown account": ("transfer_file", ("payments", 0, "account_kind"), "gold", r"account_kind は ordinary・current"),
    "amount wider than its field": ("transfer_file", ("payments", 0, "yen"), 10**10, r"payments\[1\]\.yen は9999999999以下"),
    "nothing to pay": ("transfer_file", ("payments", 0, "yen"), 0, r"payments\[1\]\.yen は1以上"),
    "nobody to pay": ("transfer_file", ("payments",), [], "payments が空です"),
    "paid nobody knows when": ("transfer_file", ("pay_on",), NOTHING, "pay_on がありません"),
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


def test_certification_before_the_scheme_is_not_guessed():
    facts = fullest(WORKED, "certification") | {"on": "2013-03-31"}

    with pytest.raises(FactError, match="2013-03-31の時点で有効な数値「meister / certification"):
        answer("certification", facts)


def test_bad_lines_never_stop_the_others():
    good = b'{"id": "good", "question": "visit_limit", "facts": {"host": "firm", "done": 0, "planned": 1}}'
    bad = [b"{", b"\xff", b"null", b'{"id": 3}', b'{"id": "x", "question": "visit_limit", "facts": {"host": "shop"}}']
    out = io.BytesIO()

    run(answer, [good, *bad, good], out)

    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["id"] for row in said] == ["good", None, None, None, 3, "x", "good"]
    assert said[0] == said[-1]
    assert all(row["error"].endswith("。") for row in said[1:-1])


def test_command_streams_without_django():
    facts = {"host": "school", "done": 9, "planned": 1}
    line = json.dumps({"id": 1, "question": "visit_limit", "facts": facts}) + "\n"
    code = (
        "import runpy, sys; runpy.run_module('mentors.rules', run_name='__main__');"
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )

    found = subprocess.run([sys.executable, "-c", code], input=line * 3, capture_output=True, text=True, check=True)

    assert [json.loads(row)["answer"]["left"] for row in found.stdout.splitlines()] == [0] * 3
