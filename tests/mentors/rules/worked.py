"""The worked cases of tests/mentors/cases."""

from pathlib import Path

from tests.worked import cases_in

WORKED = cases_in(Path(__file__).resolve().parent.parent / "cases")
