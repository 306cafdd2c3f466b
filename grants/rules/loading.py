"""Reading scheme files; a broken file is refused with its name, the line and the reason."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from firms.rules.figures import Figure
from firms.rules.loading import Source, check_choice, check_keys, files_of, read_figures, read_toml, text
from grants.rules.editions import Scheme, Schemes

FOLDER = Path(__file__).resolve().parent.parent / "schemes"

CLOCKS = ("plan_filed", "claim_filed", "conversion", "hired", "applied")
MODES = ("exclusive", "deductive", "additive", "by_table")
SCHEME_KEYS = {
    "scheme",
    "title",
    "authority",
    "clock",
    "combination",
    "combination_note",
    "documents",
    "menus",
    "figures",
}
SCHEME_NEEDS = ("scheme", "title", "authority", "clock", "combination", "figures")


def load_schemes(folder: Path) -> Schemes:
    return Schemes({path.stem: load_scheme(path) for path in files_of(folder)})


def load_edition(path: Path) -> Schemes:
    """The present schemes, those of a file or a folder in their place: what it does not hold stays as it is."""
    if path.is_dir():
        return Schemes({**current_schemes().by_name, **load_schemes(path).by_name})
    source = Source(path)
    found, present = read_scheme(source), current_schemes().by_name
    if found.name not in present:
        raise source.refuse(f"scheme「{found.name}」という制度はありません。")
    return Schemes({**present, found.name: found})


def load_scheme(path: Path) -> Scheme:
    source = Source(path)
    found = read_scheme(source)
    if found.name != path.stem:
        raise source.refuse(f"scheme「{found.name}」がファイル名と違います。")
    return found


def read_scheme(source: Source) -> Scheme:
    data = read_toml(source)
    check_keys(data, SCHEME_KEYS, SCHEME_NEEDS, source)
    check_choice(data["combination"], MODES, "combination", source)
    name = text(data, "scheme", source)
    return Scheme(
        name=name, title=text(data, "title", source), authority=text(data, "authority", source),
        clock=str(data["clock"]), combination=str(data["combination"]),
        combination_note=str(data.get("combination_note", "")), menus=read_menus(data, source),
        documents=tuple(read_documents(data, source)),
        figures=read_figures(data, source, table=name, clocks=CLOCKS),
    )  # fmt: skip


def read_documents(data: Mapping[str, object], source: Source) -> list[str]:
    """How the texts begin that are of this grant alone; another grant's case never quotes them."""
    names = data.get("documents", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise source.refuse("documents は文書の名前を並べて書いてください。")
    return names


def read_menus(data: Mapping[str, object], source: Source) -> dict[str, str]:
    menus = data.get("menus", {})
    if not isinstance(menus, dict):
        raise source.refuse("menus は表で書いてください。")
    return dict(menus)


@cache
def current_schemes() -> Schemes:
    """The project's own scheme files, parsed once per process."""
    return load_schemes(FOLDER)


def figure(scheme: str, name: str, on: date, *, schemes: Schemes | None = None) -> Figure:
    return (schemes or current_schemes()).get(scheme, name, on)
