"""The record of script/mutate: counts a module, and each mutant nobody noticed with the reason why it is left."""

import json
import tomllib
from collections import Counter
from pathlib import Path

from tests.mutants.making import Mutant

HERE = Path(__file__).resolve().parent
RECORD = HERE / "record.toml"
HEAD = """\
# Written by script/mutate; only `why` is written by hand: why a mutant is equivalent to the rule, or left. It is carried over
# for as long as the mutant lives. A mutant is known by its function and its change; `n` tells equal changes apart.
# Of grants/facts and of what reads and words facts in grants/rules a lot is drawn, so many of each function: `most` in
# modules.toml says how many. Words for people (Japanese text, `_()`) are not changed, nor what mypy would refuse.
"""
# Module, function, was, becomes, and which of those that are alike in all four.
Key = tuple[str, str, str, str, int]


def read() -> tuple[dict[str, dict], list[dict]]:
    told = tomllib.loads(RECORD.read_text()) if RECORD.exists() else {}
    return told.get("modules", {}), told.get("survivors", [])


def survivors() -> dict[Key, str]:
    """With the reason of each."""
    return {
        (row["module"], row["function"], row["was"], row["becomes"], row.get("n", 0)): row["why"] for row in read()[1]
    }


def keys(mutants: list[Mutant]) -> list[Key]:
    seen: Counter[tuple[str, str, str, str]] = Counter()
    found = []
    for one in mutants:
        same = (one.path, one.function, one.was, one.becomes)
        found.append((*same, seen[same]))
        seen[same] += 1
    return found


def write(answers: dict[Key, bool]) -> None:
    """Replaces what the record says of the modules tried; `answers` says of each mutant whether it was killed."""
    modules, known = read()[0], survivors()
    paths = {key[0] for key in answers}
    left = {key: why for key, why in known.items() if key[0] not in paths}
    left |= {key: known.get(key, "") for key, is_killed in answers.items() if not is_killed}
    tried = Counter(key[0] for key in answers)
    store({path: of["mutants"] for path, of in modules.items()} | tried, left)


def mend(answers: dict[Key, bool]) -> None:
    """Takes out of the record those that are killed by now; what the code no longer yields stays until the next whole run."""
    modules = read()[0]
    left = {key: why for key, why in survivors().items() if not answers.get(key)}
    store({path: of["mutants"] for path, of in modules.items()}, left)


def store(tried: dict[str, int], left: dict[Key, str]) -> None:
    alive = Counter(key[0] for key in left)
    lines = [HEAD, "[modules]"]
    lines += [
        f"{quoted(path)} = {{ mutants = {count}, killed = {count - alive[path]} }}"
        for path, count in sorted(tried.items())
    ]
    for (module, function, was, becomes, n), why in sorted(left.items(), key=lambda row: row[0][0]):
        row = {"module": module, "function": function, "was": was, "becomes": becomes, "n": n, "why": why}
        lines += [
            "",
            "[[survivors]]",
            *(f"{name} = {quoted(told)}" for name, told in row.items() if name != "n" or told),
        ]
    RECORD.write_text("\n".join(lines) + "\n")


def quoted(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
