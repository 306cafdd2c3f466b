"""The tests once as they are, noting who reads which line, then for each mutant those who read its line, in a fork.

The fork has everything imported and collected already, so that a mutant costs a twentieth of a second instead of a start.
"""

import gc
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from time import perf_counter
from types import CodeType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.making import Mutant, unchanged
from tests.mutants.swapping import HOME, caches, functions, put_in

TOOL = sys.monitoring.COVERAGE_ID
KILLED, SURVIVED, BROKEN = 1, 0, 3
# Seconds of the processor for one test: what runs longer runs for ever.
PATIENCE = 5


class Mutation:
    """Stands in for pytest's loop over the tests; `done` hears of each module what became of its mutants."""

    def __init__(self, mutants: list[Mutant], *, done: Callable[[dict[int, int]], None], readers: int | None = None):
        self.mutants = mutants
        self.done = done
        self.most_readers = readers
        self.answers: dict[int, int] = {}
        self.readers: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.seconds: dict[int, float] = {}
        self.kills: Counter[int] = Counter()

    def pytest_configure(self):
        """The same random examples for each mutant, and no search for a smaller one of what is found."""
        import hypothesis
        from hypothesis import Phase

        quick = hypothesis.settings(
            derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
        )
        hypothesis.settings.register_profile("mutants", quick)
        hypothesis.settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.session, self.items = session, session.items
        self.known, self.caches = functions(), caches(paths={mutant.path for mutant in self.mutants})
        self.run_once()
        gc.collect()
        gc.freeze()
        self.prove()
        for n, mutant in enumerate(self.mutants):
            self.answers[n] = self.try_out(mutant)
            self.tell(n, mutant)
            if n + 1 == len(self.mutants) or self.mutants[n + 1].path != mutant.path:
                self.done({m: answer for m, answer in self.answers.items() if self.mutants[m].path == mutant.path})
        return True

    def tell(self, n: int, mutant: Mutant):
        if self.answers[n] == SURVIVED:
            print(
                f"{mutant.place} {mutant.function}: {mutant.was} -> {mutant.becomes}", file=sys.__stderr__, flush=True
            )

    def run_once(self):
        watch(self.readers, paths={str(HOME / mutant.path) for mutant in self.mutants}, current=lambda: self.current)
        for n, item in enumerate(self.items):
            self.current = n
            self.forget()
            began = perf_counter()
            if fails(item, self.session):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            self.seconds[n] = perf_counter() - began
            sys.monitoring.restart_events()
        sys.monitoring.free_tool_id(TOOL)

    def prove(self):
        """Every module put in as it is must fail nobody: what looks killed would else be broken by the putting in."""
        paths = {mutant.path for mutant in self.mutants}
        same = [
            unchanged(HOME, path, function) for path, function in self.known if path in paths and "<" not in function
        ]
        same += [unchanged(HOME, path, "") for path in paths]
        if self.fork(same, list(range(len(self.items)))) != SURVIVED:
            failed = [self.items[n].nodeid for n in self.kills]
            raise pytest.UsageError(f"modules put in unchanged fail {failed}; mend tests/mutants/swapping.py")

    def try_out(self, mutant: Mutant) -> int:
        tests = self.tests_of(mutant)
        return self.fork([mutant], tests) if tests else SURVIVED

    def fork(self, mutants: list[Mutant], tests: list[int]) -> int:
        heard, told = os.pipe()
        child = os.fork()
        if not child:
            self.live_as(mutants, tests, told)
        os.close(told)
        with os.fdopen(heard, "rb") as pipe:
            killer = pipe.read()
        _pid, status = os.waitpid(child, 0)
        if killer:
            self.kills[int(killer)] += 1
        return os.WEXITSTATUS(status) if os.WIFEXITED(status) else KILLED

    def tests_of(self, mutant: Mutant) -> list[int]:
        """The quickest readers of the line; of all tests where it is reckoned on import. First those who killed most."""
        found = self.readers.get((mutant.path, mutant.line), set()) if mutant.function else range(len(self.items))
        quickest = sorted(found, key=self.seconds.__getitem__)[: self.most_readers]
        return sorted(quickest, key=lambda n: (-self.kills[n], self.seconds[n]))

    def forget(self):
        for cached in self.caches:
            cached.cache_clear()

    def live_as(self, mutants: list[Mutant], tests: list[int], told: int):
        answer = KILLED
        try:
            answer = self.answer_of(mutants, tests, told)
        finally:
            os._exit(answer)

    def answer_of(self, mutants: list[Mutant], tests: list[int], told: int) -> int:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        try:
            for mutant in mutants:
                put_in(mutant, known=self.known)
        except SyntaxError:
            return BROKEN
        self.forget()
        for n in tests:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            if fails(self.items[n], self.session):
                os.write(told, str(n).encode())
                return KILLED
        return SURVIVED


def fails(item, session) -> bool:
    """Only the fixtures of the session stay set up between one test and the next."""
    return any(report.failed for report in runtestprotocol(item, nextitem=session, log=False))


def watch(readers, *, paths: set[str], current) -> None:
    def on_line(code: CodeType, line: int):
        readers[os.path.relpath(code.co_filename, HOME), line].add(current())
        return sys.monitoring.DISABLE

    sys.monitoring.use_tool_id(TOOL, "mutants")
    sys.monitoring.register_callback(TOOL, sys.monitoring.events.LINE, on_line)
    for found in functions().values():
        for one in found:
            for code in inner(one.__code__):
                if code.co_filename in paths:
                    sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.LINE)


def inner(code: CodeType):
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from inner(const)
