"""What every paper of a trial is made of, and its printing: frozen facts in, PDF out."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from firms.models import Organisation
from firms.papers.press import render
from firms.words.days import day_words
from firms.words.japanese import wareki
from trials.models import Placement
from trials.shapes import SHEET_SHAPE, SectionFacts, SheetFacts

STYLE = Path(__file__).with_name("sheet.css")
Row = tuple[str, str]
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
    sections: Sequence[SectionFacts],
    lead: str = "",
    mark: str = "",
    notes: Iterable[str] = (),
) -> SheetFacts:
    """`law` says by what rule the paper is made, `mark` what a corrected one is marked with."""
    return {
        "shape": SHEET_SHAPE,
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


def lines(heading: str, rows: Iterable[Row]) -> SectionFacts:
    return {"heading": heading, "rows": [list(row) for row in rows], "columns": [], "table": [], "sums": []}


def table(
    heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, sums: Sequence[str] = ()
) -> SectionFacts:
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


def term_of(placement: Placement) -> str:
    assert placement.starts_on is not None
    assert placement.last_on is not None
    return f"{day_words(placement.starts_on)}〜{day_words(placement.last_on)}"


def hash_of_facts(facts: SheetFacts) -> str:
    return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sheet_pdf(facts: SheetFacts, *, number: int) -> bytes:
    """The very same facts give the very same bytes."""
    widest = max((len(part["columns"]) for part in facts["sections"]), default=0)
    context = {
        "facts": facts,
        "number": number,
        "digest": hash_of_facts(facts)[:16],
        "is_wide": widest > MOST_COLUMNS_UPRIGHT,
    }
    return render("trials/papers/sheet.html", context, style=STYLE)
