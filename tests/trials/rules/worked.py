"""The worked cases of tests/trials/cases."""

from pathlib import Path

from tests.worked import cases_in

WORKED = cases_in(Path(__file__).resolve().parent.parent / "cases")
