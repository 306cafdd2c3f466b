"""manage.py bench: measures one thing on a database of its own."""

import json
import logging
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bench.measures import RUNS, Measure
from bench.peers import PeerMeasure
from bench.registry import BENCHES, SERVED

COLUMNS = "{measure:<28} {unit:>10} {p50:>10} {p95:>10} {n:>5} {queries:>8} {scale:>6}"
# What a second holds, the same of the peer, how many times as much that is, and how many times are wanted.
PEER_COLUMNS = " {per_second:>11} {peer:>6} {ratio:>6} {goal:>6}"


class Command(BaseCommand):
    help = "Measures one thing; without a name it lists what can be measured."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", metavar="NAME", help=", ".join(BENCHES))
        parser.add_argument("--scale", type=int, default=1, metavar="N")
        parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"times each thing is timed ({RUNS})")
        parser.add_argument("--serve", action="store_true", help="by real processes, --runs seconds each (peers)")
        parser.add_argument("--json", action="store_true", help="one object a line")

    def handle(self, *args: Any, name: str | None, scale: int, runs: int, **options: Any) -> None:
        if name is None:
            self.stdout.write("\n".join(BENCHES))
            return
        if name not in BENCHES:
            raise CommandError(f"There is no benchmark {name!r}; choose one of: {', '.join(BENCHES)}.")
        if scale < 1 or runs < 1:
            raise CommandError("--scale and --runs must be at least 1.")
        benches = SERVED if options["serve"] else BENCHES
        if name not in benches:
            raise CommandError(f"Nothing of {name!r} is served; with --serve choose one of: {', '.join(SERVED)}.")
        logging.disable(logging.INFO)
        if not options["json"]:
            shape = PeerMeasure if name == "peers" else Measure
            self.stdout.write(columns(shape).format(**{part: part for part in shape.__dataclass_fields__}))
        for found in benches[name](scale, runs=runs):
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False) if options["json"] else row(found))
            self.stdout.flush()


def columns(shape: type[Measure]) -> str:
    return COLUMNS + PEER_COLUMNS if issubclass(shape, PeerMeasure) else COLUMNS


def row(found: Measure) -> str:
    parts = {name: "—" if value is None else value for name, value in asdict(found).items()}
    return columns(type(found)).format(**parts)
