"""The grants as tables of dated figures: one scheme, and every scheme of one edition of the files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from firms.rules.figures import Figure, Table, Tables

COMMON = "hrd_common"
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Scheme(Table):
    """One grant, or one part shared by several grants: a TOML file."""

    authority: str
    clock: str
    combination: str
    combination_note: str
    menus: Mapping[str, str]
    documents: tuple[str, ...] = ()


class Schemes(Tables[Scheme]):
    """Every scheme of one edition of the files."""

    def quoted(self, source: str, scheme: str) -> str:
        """Of a source that names the texts of several grants what is this one's, or nobody's alone.

        Where none of them is its own the whole stands: the rule is known, its place in this text is not."""
        return quoted(self, source, scheme)

    def common(self, name: str, on: date, *, scheme: str = "") -> Figure:
        """What the courses of one grant share, with its place in the text of `scheme` where one is named."""
        return of_scheme(self, self.latest(COMMON, name, on), scheme) if scheme else self.latest(COMMON, name, on)


@lru_cache(maxsize=4096)
def quoted(known: Schemes, source: str, scheme: str) -> str:
    own = known.by_name[scheme].documents
    others = tuple(name for one in known.by_name.values() for name in one.documents if name not in own)
    kept = [part for part in source.split(BETWEEN) if not part.startswith(others)]
    return BETWEEN.join(kept) or source


@lru_cache(maxsize=4096)
def of_scheme(known: Schemes, figure: Figure, scheme: str) -> Figure:
    """One and the same each time, so that it keys a cache as the figure itself does."""
    return replace(figure, source=known.quoted(figure.source, scheme))
