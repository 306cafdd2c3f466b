"""The files of mentors/law and mentors/programmes."""

from functools import cache
from pathlib import Path

from firms.rules.figures import Table, Tables
from firms.rules.loading import load_tables

HOME = Path(__file__).resolve().parent.parent
LAW, PROGRAMMES = HOME / "law", HOME / "programmes"
LAW_CLOCKS = ("paid_on",)
PROGRAMME_CLOCKS = ("on",)
MEISTER, WARD, ARCHIVE = "meister", "ward", "archive"
Law = Tables[Table]
Programmes = Tables[Table]


@cache
def current_law() -> Law:
    """The project's own files, parsed once per process."""
    return load_tables(LAW, clocks=LAW_CLOCKS)


@cache
def current_programmes() -> Programmes:
    return load_tables(PROGRAMMES, clocks=PROGRAMME_CLOCKS)
