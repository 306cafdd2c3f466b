"""What a changed figure does to the open cases."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from grants.rules.loading import FOLDER


@pytest.fixture
def editions(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(FOLDER, folder)
    return old, new


def said(capsys, *folders):
    call_command("scheme_impact", *map(str, folders))
    return capsys.readouterr().out.splitlines()


def test_same_edition_changes_nothing(filed, editions, capsys):
    assert said(capsys, *editions) == ["結果の変わる案件 0件、差額の合計 +0円"]


def test_lower_rate_names_the_case_and_the_difference(filed, editions, capsys):
    """70 instead of 75 per cent: 22,000 × 70% × 3 = 46,200, which is 3,300 less."""
    scheme = editions[1] / "reskilling.toml"
    scheme.write_text(scheme.read_text().replace("value = 75,", "value = 70,"))

    assert said(capsys, *editions) == [
        f"{filed.number} 85,500 → 82,200 (-3,300)",
        "結果の変わる案件 1件、差額の合計 -3,300円",
    ]


def test_frozen_claim_is_reckoned_by_what_it_froze(frozen, editions, capsys):
    scheme = editions[1] / "reskilling.toml"
    scheme.write_text(scheme.read_text().replace("value = 1000,", "value = 900,"))

    assert said(capsys, *editions)[0] == f"{frozen.number} 57,000 → 54,600 (-2,400)"


def test_folder_without_schemes_gets_a_sentence(db, tmp_path, editions):
    with pytest.raises(CommandError, match="数値のファイル"):
        call_command("scheme_impact", str(editions[0]), str(tmp_path))


def test_single_file_takes_the_place_of_its_scheme(filed, tmp_path, capsys):
    """The name of the file does not matter: `git show` may have written it anywhere."""
    present = FOLDER / "reskilling.toml"
    coming = tmp_path / "draft.toml"
    coming.write_text(present.read_text().replace("value = 75,", "value = 70,"))

    assert said(capsys, present, coming) == [
        f"{filed.number} 85,500 → 82,200 (-3,300)",
        "結果の変わる案件 1件、差額の合計 -3,300円",
    ]


def test_json_tells_each_aid_of_each_case(filed, tmp_path, capsys):
    (tmp_path / "reskilling.toml").write_text(
        (FOLDER / "reskilling.toml").read_text().replace("value = 75,", "value = 70,")
    )

    (answer,) = said(capsys, FOLDER, tmp_path, "--json")

    assert json.loads(answer) == {
        "cases": [
            {
                "case": filed.number,
                "before": 85_500,
                "after": 82_200,
                "difference": -3_300,
                "differences": {"expense_aid": -3_300, "total": -3_300, "payable_amount": -3_300},
                "conditions": [],
            }
        ],
        "difference": -3_300,
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('scheme = "weather"\n', "broken.toml:1行目: title がありません"),
        ("figures = [\n", "broken.toml:1行目: TOMLとして読めません"),
    ],
    ids=["keys missing", "no TOML"],
)
def test_broken_file_is_named_with_line_and_reason(db, tmp_path, text, reason):
    broken = tmp_path / "broken.toml"
    broken.write_text(text)

    with pytest.raises(CommandError, match=reason):
        call_command("scheme_impact", str(FOLDER), str(broken))
