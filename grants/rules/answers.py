"""Frozen answers as JSON-ready mappings."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

Answer = dict[str, object]


def in_json(value: object) -> Answer:
    """A frozen answer as JSON-ready mapping: days in ISO 8601, fractions as decimal strings."""
    return {f.name: plain(getattr(value, f.name)) for f in fields(value)}  # type: ignore[arg-type]


def plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return in_json(value) if hasattr(value, "__dataclass_fields__") else value
