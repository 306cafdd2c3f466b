"""The command of each room's rules: questions as JSON lines in, answers or errors as JSON lines out, one by one."""

import json
import traceback
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import BinaryIO

from firms.rules.answers import Answer, Written
from firms.rules.reading import FactError

# What a defect of ours could raise: it goes to the log, and the lines behind it are still answered.
DEFECTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
Answering = Callable[[object, object], Answer | Written]
written = json.JSONEncoder(ensure_ascii=False, default=str).encode


def reply(raw: bytes, answer: Answering) -> dict[str, object]:
    try:
        asked = json.loads(raw, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"JSONとして読めない行です（{error}）。1行に1つのオブジェクトを書いてください。"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "1行に1つのオブジェクト {id, question, facts} を書いてください。"}
    name = asked.get("id")
    if not isinstance(name, str | int | Decimal | None):
        return {"id": None, "error": "id は文字列か数で指定してください。"}
    try:
        return {"id": name, "answer": answer(asked.get("question"), asked.get("facts"))}
    except FactError as error:
        return {"id": name, "error": str(error)}
    except DEFECTS:
        traceback.print_exc()
        return {"id": name, "error": "この行は計算できませんでした。facts の値を確認してください。"}


def in_json(said: dict[str, object]) -> str:
    found = said.get("answer")
    if isinstance(found, Written):
        return f'{{"id": {written(said["id"])}, "answer": {found}}}'
    return written(said)


def run(answer: Answering, lines: Iterable[bytes], out: BinaryIO) -> None:
    for raw in lines:
        if raw.strip():
            text = in_json(reply(raw, answer))
            out.write(text.encode("utf-8", errors="backslashreplace") + b"\n")
            out.flush()
