"""Part of `rules`: a million lines, bad ones among them, through `python -m grants.rules`, and the memory it took."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from django.conf import settings

from bench.measures import Measure

LINES = 1_000_000
AT_ONCE = 1 << 20
FACTS: dict[str, dict[str, object]] = {
    "plan_window": {"training_start": "2026-07-31"},
    "claim_window": {"event": "training_end", "on": "2026-06-30"},
    "attendance": {"method": "class", "planned_minutes": 1200, "attended_minutes": 960, "excused_minutes": 0},
    "training_grant": {
        "scheme": "reskilling",
        "menu": "reskilling",
        "plan_filed": "2026-06-01",
        "sme": True,
        "method": "class",
        "planned_minutes": 1200,
        "cost": {"kind": "external", "fee_per_person": 300_000},
        "workers": [{"employment": "regular", "attended_minutes": 1200, "wage_minutes": 1200}],
    },
    "careerup_raise": {"before_total": 1_200_000, "after_total": 1_236_000},
    "trial_plan": {"hired": "2026-04-01"},
    "firm_size": {"industry": "retail", "capital_yen": None, "regular_employees": "many"},
    "trial_grant": {"full_months": -1, "single_parent": False},
    "weather": {},
}
BROKEN = b'{"id": "broken", "question":\n'


def measured(scale: int) -> Iterator[Measure]:
    count = LINES * scale
    started = time.perf_counter()
    peak = answered(count)
    spent = round(time.perf_counter() - started, 2)
    yield Measure(f"command, {count:,} lines", "s", p50=spent, p95=spent, n=1, queries=None, scale=scale)
    if peak is not None:
        yield Measure("command, memory at most", "MB", p50=peak, p95=peak, n=1, queries=None, scale=scale)


def answered(count: int) -> float | None:
    """Feeds the lines, waits until each has its answer, and asks for the memory before the command ends."""
    command = [sys.executable, "-m", "grants.rules"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR) as asked:
        assert asked.stdin
        assert asked.stdout
        Thread(target=feed, args=(asked.stdin, count), daemon=True).start()
        said = 0
        while said < count:
            part = os.read(asked.stdout.fileno(), AT_ONCE)
            if not part:
                raise RuntimeError(f"The command ended after {said:,} of {count:,} lines.")
            said += part.count(b"\n")
        peak = memory_at_most(asked.pid)
        asked.stdin.close()
    return peak


def feed(pipe: BinaryIO, count: int) -> None:
    block = [line(question, facts) for question, facts in FACTS.items()] + [BROKEN]
    blocks, rest = divmod(count, len(block))
    for _number in range(blocks):
        pipe.write(b"".join(block))
    pipe.write(b"".join(block[:rest]))
    pipe.flush()


def line(question: str, facts: dict[str, object]) -> bytes:
    return json.dumps({"id": question, "question": question, "facts": facts}).encode() + b"\n"


def memory_at_most(pid: int) -> float | None:
    """In MB; None on a system that keeps no account of it under /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    kilobytes = next(row.split()[1] for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return round(int(kilobytes) / 1024, 1)
