"""The covering checklist of a claim: the papers, the evidence had and missing, the requirements, the window, the counter."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from grants.models import Claim
from grants.papers.boxes import by_hand
from grants.papers.claim_context import is_class, line, of_claim, parts, proof
from grants.papers.pieces import Context, day, labour_office, prose
from grants.shapes import Condition, TrainedWorker
from grants.subjects import edition_in

DATA = Path(__file__).with_name("checklist.toml")
STATES = {"met": "○", "unmet": "×", "unknown": "？"}
# In which claims a document is asked for; what only the office can tell is named and left to be judged.
NEEDED: dict[str, Callable[[Claim], bool]] = {
    "always": lambda claim: True,
    "perhaps": lambda claim: True,
    "class": lambda claim: is_class(claim),
    "online": lambda claim: not is_class(claim),
    "e_learning": lambda claim: method_of(claim) == "e_learning",
    "correspondence": lambda claim: method_of(claim) == "correspondence",
    "wage": lambda claim: claim.outcome["wage_aid"] > 0,
    "external": lambda claim: claim.lifted["grant"]["cost"]["kind"] == "external",
    "in_house": lambda claim: claim.lifted["grant"]["cost"]["kind"] == "in_house",
    "proxy": lambda claim: capacity_of(claim) == "proxy",
    "electronic_agent": lambda claim: (
        capacity_of(claim) in ("filing", "clerical") and claim.lifted["channel"] != "paper"
    ),
}


def capacity_of(claim: Claim) -> str:
    """Empty where the firm files by itself."""
    return claim.lifted["agent"]["capacity"] if claim.lifted["agent"] else ""


def method_of(claim: Claim) -> str:
    return claim.lifted["plan"]["course"]["method"]


class Document(TypedDict):
    title: str
    detail: str
    kinds: list[str]
    needed: str
    source: str


class Office(TypedDict):
    name: str
    phone: str
    note: str


class Listed(TypedDict):
    documents: list[Document]
    counters: dict[str, Office]


@cache
def data() -> Listed:
    return cast(Listed, tomllib.loads(DATA.read_text(encoding="utf-8")))


def checklist(claim: Claim, sheets: list[tuple[str, str, str]]) -> Context:
    """`sheets`: label, title and list of boxes of every form that goes with it."""
    window = claim.lifted["claim_window"]
    # What is still open stands first.
    found = sorted(claim.outcome["conditions"], key=lambda condition: condition["state"] == "met")
    return {
        **of_claim(claim),
        "asked_yen": claim.total_yen,
        "lines": [line(claim, row["code"]) for row in claim.outcome["lines"]],
        "window": {**window, **{part: day(window[part]) for part in ("first", "last_nominal", "last")}},
        "window_because": prose(window["because"]),
        "counter": counter(claim.lifted["establishment"]["prefecture"]),
        "sheets": counted(sheets),
        "documents": documents(claim),
        "by_hand": by_hand(sheets),
        "conditions": [asked(condition) for condition in found if not condition["subject"]],
        "open_count": sum(condition["state"] != "met" for condition in found),
        "people": [person(claim, worker, found) for worker in claim.lifted["workers"]],
        "unsure": unsure(claim),
    }


def asked(condition: Condition) -> Context:
    return {**condition, "mark": STATES[condition["state"]], "because": prose(condition["because"])}


def counter(prefecture: str) -> Office:
    """Where the claim is handed in; only counters somebody looked up are named."""
    office = labour_office(prefecture)
    unknown: Office = {
        "name": f"{office}（助成金の窓口）",
        "phone": "",
        "note": "窓口は労働局のホームページで確認してください。",
    }
    return data()["counters"].get(prefecture, unknown)


def counted(sheets: Iterable[tuple[str, str, str]]) -> list[Context]:
    """Each form once, with how many of it there are."""
    found = Counter((label, title) for label, title, _sheet in sheets)
    return [{"label": label, "title": title, "copies": n} for (label, title), n in found.items()]


def documents(claim: Claim) -> list[Context]:
    return [had(claim, document) for document in data()["documents"] if NEEDED[document["needed"]](claim)]


def had(claim: Claim, document: Document) -> Context:
    files = [file["name"] for file in claim.lifted["evidence"] if file["kind"] in document["kinds"]]
    names = list(filter(proof, files)) if "payment" in document["kinds"] else files
    state = "あり" if names else "該当時" if document["needed"] == "perhaps" else "要準備"
    source = document["source"].format_map(edition_in(claim.lifted["plan"]).sources)
    return {
        **document,
        "source": source,
        "names": "、".join(dict.fromkeys(names)),
        "state": state,
        "is_missing": state == "要準備",
    }


def person(claim: Claim, worker: TrainedWorker, conditions: list[Condition]) -> Context:
    part = parts(claim)[worker["key"]]
    own = [condition for condition in conditions if condition["subject"] == worker["key"]]
    shown = own if part["supported"] else [c for c in own if c["state"] != "met"] or own
    return {
        "name": worker["name"],
        "percent": worker["percent"],
        "mark": "○" if part["supported"] else "×",
        "is_supported": part["supported"],
        "conditions": [asked(condition) for condition in shown],
    }


def unsure(claim: Claim) -> list[Context]:
    """Amounts that rest on figures of weak confidence, or on figures nobody has looked at again in time."""
    rows = claim.outcome["lines"]
    return [
        {"label": row["label"], "source": row["source"], "verified_until": day(row["verified_until"])}
        for row in rows
        if row["confidence"] != "high" or row["verified_until"] < claim.lifted["as_of"]
    ]
