"""What every paper of a trial is made of, and its printing: frozen facts in, PDF out."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from firms.models import Organisation
from firms.papers.press import render
from firms.words.japanese import wareki

STYLE = Path(__file__).with_name("sheet.css")
Facts = dict[str, Any]
Row = tuple[str, str]
SHAPE = 1
# Where nobody has said it yet, the paper leaves room for a pen.
UNTOLD = ""
# More columns than this stand on paper turned on its side.
MOST_COLUMNS_UPRIGHT = 8


def sheet(
    title: str,
    *,
    to: str,
    sender: str,
    on: date,
    law: str,
    sections: Sequence[Facts],
    lead: str = "",
    mark: str = "",
    notes: Iterable[str] = (),
) -> Facts:
    """`law` says by what rule the paper is made, `mark` what a corrected one is marked with."""
    return {
        "shape": SHAPE,
        "title": title,
        "mark": mark,
        "to": to,
        "sender": sender,
        "on": wareki(on),
        "law": law,
        "lead": lead,
        "sections": list(sections),
        "notes": list(notes),
    }


def lines(heading: str, rows: Iterable[Row]) -> Facts:
    return {"heading": heading, "rows": [[label, value] for label, value in rows], "columns": [], "table": []}


def table(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, sums: Sequence[str] = ()) -> Facts:
    return {
        "heading": heading,
        "rows": [],
        "columns": list(columns),
        "table": [list(row) for row in rows],
        "sums": list(sums),
    }


def party_of(organisation: Organisation) -> str:
    """Name, address and who stands for it, each on its line."""
    parts = [organisation.name, organisation.address, organisation.representative]
    return "\n".join(part for part in parts if part)


def hash_of_facts(facts: Facts) -> str:
    return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sheet_pdf(facts: Facts, *, number: int) -> bytes:
    """The very same facts give the very same bytes."""
    widest = max((len(part["columns"]) for part in facts["sections"]), default=0)
    context = {
        "facts": facts,
        "number": number,
        "digest": hash_of_facts(facts)[:16],
        "is_wide": widest > MOST_COLUMNS_UPRIGHT,
    }
    return render("trials/papers/sheet.html", context, style=STYLE)
