"""The grants as tables of dated figures: one scheme, and every scheme of one edition of the files."""

from collections.abc import Mapping
from dataclasses import dataclass

from firms.rules.figures import Table, Tables


@dataclass(frozen=True, slots=True)
class Scheme(Table):
    """One grant, or one part shared by several grants: a TOML file."""

    authority: str
    clock: str
    combination: str
    combination_note: str
    menus: Mapping[str, str]


class Schemes(Tables[Scheme]):
    """Every scheme of one edition of the files."""
