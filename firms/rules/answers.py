"""From a mapping of facts to a mapping of answers: asking by name, and writing a frozen answer as plain JSON."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from firms.rules import reading
from firms.rules.reading import FactError, Facts

Answer = dict[str, object]


class Written(str):
    """An answer that is JSON already."""

    __slots__ = ()


Questions = Mapping[str, Callable[[Facts], Answer]]


def put(questions: Questions, question: object, facts: object) -> Answer:
    if not isinstance(question, str) or question not in questions:
        raise FactError(
            f"question「{reading.shown(question)}」は不明です。{'・'.join(questions)} のいずれかで指定してください。"
        )
    return questions[question](reading.as_facts(facts, "facts"))


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
