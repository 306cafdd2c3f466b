"""Whether facts are what their types say they are."""

from types import NoneType, UnionType
from typing import NotRequired, get_args, get_origin, get_type_hints, is_typeddict


def misfits(value, shape, where="facts"):
    """Where a value is not what its type says: keys that are missing or too many, values of another kind."""
    if get_origin(shape) is UnionType:
        ways = [list(misfits(value, one, where)) for one in get_args(shape)]
        yield from () if [] in ways else ways[0]
    elif is_typeddict(shape):
        yield from misfit_keys(value, shape, where)
    elif get_origin(shape) is list:
        for n, one in enumerate(value if isinstance(value, list) else [value]):
            yield from misfits(one, get_args(shape)[0], f"{where}[{n}]")
    elif get_origin(shape) is dict:
        for key, one in value.items():
            yield from misfits(one, get_args(shape)[1], f"{where}.{key}")
    elif not isinstance(value, NoneType if shape is None else shape) or (shape is int and isinstance(value, bool)):
        yield f"{where} is {value!r}, not {shape}"


def misfit_keys(value, shape, where):
    if not isinstance(value, dict):
        yield f"{where} is {value!r}, not {shape}"
        return
    hints = get_type_hints(shape, include_extras=True)
    needed = {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}
    yield from (f"{where} lacks {name}" for name in needed - value.keys())
    yield from (f"{where} has {name}" for name in value.keys() - hints.keys())
    for name in value.keys() & hints.keys():
        hint = hints[name]
        yield from misfits(
            value[name], get_args(hint)[0] if get_origin(hint) is NotRequired else hint, f"{where}.{name}"
        )
