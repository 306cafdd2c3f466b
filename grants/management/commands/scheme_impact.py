"""manage.py scheme_impact OLD NEW: the open cases whose outcome differs between two editions, and by how much."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.queries import today
from firms.words.saying import said as _
from grants.cases.reckonable import open_cases
from grants.rules import Change, FiguresError, Schemes, changes, load_edition


class Command(BaseCommand):
    help = "Compare two scheme files, or folders of them, over the open cases: a line for each case that differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", type=Path, help="file or folder with the schemes as they are")
        parser.add_argument("new", type=Path, help="file or folder with the schemes as they will be")
        parser.add_argument("--json", action="store_true", help="one object with every case and the sum")

    def handle(self, *args: Any, **options: Any) -> None:
        old, new = edition(options["old"]), edition(options["new"])
        found = list(changes(old, new, open_cases(on=today())))
        lines = [json.dumps(as_mapping(found), ensure_ascii=False)] if options["json"] else table(found)
        for line in lines:
            self.stdout.write(line)


def edition(path: Path) -> Schemes:
    try:
        return load_edition(path)
    except (FiguresError, OSError) as error:
        raise CommandError(str(error)) from error


def table(found: list[Change]) -> Iterable[str]:
    yield from (row(change) for change in found)
    yield _("結果の変わる案件 %(n)s件、差額の合計 %(total)s円") % {"n": len(found), "total": f"{total(found):+,}"}


def row(change: Change) -> str:
    turned = f" [{', '.join(change.conditions)}]" if change.conditions else ""
    return f"{change.case} {said(change.before)} → {said(change.after)} ({change.difference:+,}){turned}"


def said(amount: int | None) -> str:
    return "—" if amount is None else f"{amount:,}"


def total(found: list[Change]) -> int:
    return sum(change.difference for change in found)


def as_mapping(found: list[Change]) -> dict[str, object]:
    each = [
        {
            "case": change.case,
            "before": change.before,
            "after": change.after,
            "difference": change.difference,
            "differences": dict(change.differences),
            "conditions": list(change.conditions),
        }
        for change in found
    ]
    return {"cases": each, "difference": total(found)}
