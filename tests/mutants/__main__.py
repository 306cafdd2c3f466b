"""python -m tests.mutants GROUP [--left] [MODULE…]: a group of tests/mutants/modules.toml, or those of its modules that are named.

With --left only the mutants that survived the last time: what new tests are written for.
"""

import random
import sys
import tomllib
from itertools import groupby

import pytest

from tests.mutants.making import Mutant, mutants
from tests.mutants.recording import HERE, keys, mend, survivors, write
from tests.mutants.running import BROKEN, KILLED, Mutation

HOME = HERE.parent.parent
SEED = 2026


def files(patterns: list[str], *, without: list[str]) -> list[str]:
    found = sorted({str(path.relative_to(HOME)) for pattern in patterns for path in HOME.glob(pattern)})
    return [path for path in found if path not in without]


def drawn(made: list[Mutant], most: int | None) -> list[int]:
    """At most so many of each function, by the same lot each time; of what is reckoned on import all."""
    if most is None:
        return list(range(len(made)))
    lot, kept = random.Random(SEED), []
    for (_path, function), of in groupby(range(len(made)), key=lambda n: (made[n].path, made[n].function)):
        numbers = list(of)
        kept += sorted(lot.sample(numbers, most)) if function and len(numbers) > most else numbers
    return kept


def main(group: str, *named: str) -> int:
    plan = tomllib.loads((HERE / "modules.toml").read_text())[group]
    modules = [name for name in named if name != "--left"]
    paths = files(plan["modules"], without=plan.get("without", []))
    made = [one for path in paths if not modules or path in modules for one in mutants(HOME, path)]
    known = keys(made)
    chosen = drawn(made, plan.get("most"))
    if "--left" in named:
        left = survivors()
        chosen = [n for n in chosen if known[n] in left]
    keep = mend if "--left" in named else write

    def done(answers: dict[int, int]) -> None:
        keep({known[chosen[n]]: answer == KILLED for n, answer in answers.items() if answer != BROKEN})

    run = Mutation(
        [made[n] for n in chosen], done=done, readers=plan.get("readers_left" if "--left" in named else "readers")
    )
    tests = files(plan["tests"], without=plan.get("without_tests", []))
    status = pytest.main(["-q", "-p", "no:cacheprovider", "-m", "not browser", *tests], plugins=[run])
    if status or len(run.answers) != len(chosen):
        print(f"mutate: {group}: its tests have to pass before anything is changed", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
