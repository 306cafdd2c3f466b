"""A mutant put in the place of its module inside a running process, which is then good for nothing else."""

import functools
import gc
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from grants.rules import current_schemes
from tests.mutants.making import Mutant

HOME = Path(__file__).resolve().parent.parent.parent
READER = "grants/rules/loading.py"
PLAIN_TABLES = (list, tuple, set, frozenset)


def functions() -> dict[tuple[str, str], list[FunctionType]]:
    """Every function of the project that lives, by file and name: behind a property, a cache or a decorator too."""
    found: dict[tuple[str, str], list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(HOME)):
            path = str(Path(one.__code__.co_filename).relative_to(HOME))
            found.setdefault((path, one.__code__.co_qualname), []).append(one)
    return found


def put_in(mutant: Mutant, *, known: dict[tuple[str, str], list[FunctionType]]) -> None:
    compiled = compile(mutant.source(), str(HOME / mutant.path), "exec")
    if not mutant.function:
        put_in_tables(mutant, compiled)
        return
    for code in codes(compiled):
        if code.co_qualname == mutant.function or code.co_qualname.startswith(f"{mutant.function}.<locals>."):
            for one in known.get((mutant.path, code.co_qualname), []):
                if one.__code__.co_firstlineno == code.co_firstlineno:
                    one.__code__ = code


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from codes(const)


def put_in_tables(mutant: Mutant, compiled: CodeType) -> None:
    """Runs the module anew and hands its tables and defaults over, their functions and classes being the old ones."""
    module = module_of(mutant.path)
    old = dict(vars(module))
    new = {"__name__": module.__name__, "__file__": module.__file__, "__package__": module.__package__}
    exec(compiled, new)
    for name, value in new.items():
        if isinstance(value, FunctionType) and isinstance(old.get(name), FunctionType):
            old[name].__defaults__ = value.__defaults__
            old[name].__kwdefaults__ = value.__kwdefaults__
        elif name in old and not name.startswith("__") and (translated := in_words_of(old, value)) != old[name]:
            hand_over(name, old[name], translated)


def module_of(path: str) -> ModuleType:
    return next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(HOME / path))


def hand_over(name: str, old: object, new: object) -> None:
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and vars(module).get(name) is old:
            setattr(module, name, new)


def in_words_of(old: dict[str, object], value):
    if isinstance(value, dict):
        return {in_words_of(old, key): in_words_of(old, item) for key, item in value.items()}
    if isinstance(value, PLAIN_TABLES) and type(value) in PLAIN_TABLES:
        return type(value)(in_words_of(old, item) for item in value)
    known = old.get(getattr(value, "__name__", ""))
    if callable(value) and known is not None:
        return known
    kind = old.get(type(value).__name__)
    if is_dataclass(value) and isinstance(kind, type):
        return kind(**{field.name: in_words_of(old, getattr(value, field.name)) for field in fields(value)})
    return value


def caches(*, paths: set[str]) -> list[functools._lru_cache_wrapper]:
    """What keeps answers: one from before the change would hide it. The files of figures are read anew for their reader alone."""
    ours = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper) and is_ours(one)]
    return [one for one in ours if one is not current_schemes or READER in paths]


def is_ours(cached: functools._lru_cache_wrapper) -> bool:
    return (cached.__module__ or "").split(".")[0] in {"grants", "courses", "firms"}
