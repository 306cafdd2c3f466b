"""Small pieces every form is put together from: days, ticked boxes, digits, and who files it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from grants.shapes import AnswerFacts, PartiesFacts

# What a template is given by name.
Context = dict[str, object]

ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
CAPACITIES = {"proxy": "代理人", "filing": "提出代行者", "clerical": "事務代理者"}
NOTE = (
    "項目は{edition}の様式に合わせていますが、書式は Takumi が作成したものです。"
    "提出前に労働局が公開している最新の様式と照合してください。"
)


@dataclass(frozen=True)
class Tick:
    """One box to tick and the words beside it."""

    label: str
    is_ticked: bool

    @property
    def mark(self) -> str:
        return "☑" if self.is_ticked else "☐"


def ticks(options: Mapping[str, str], chosen: str | None) -> list[Tick]:
    return [Tick(label, key == chosen) for key, label in options.items()]


def yes_no(said: bool | None, *, yes: str = "有", no: str = "無") -> list[Tick]:
    """Neither box is ticked while nobody has said."""
    return [Tick(yes, said is True), Tick(no, said is False)]


def answered(answers: Mapping[str, AnswerFacts], code: str) -> bool | None:
    answer = answers.get(code)
    return {"yes": True, "no": False}.get(answer["value"]) if answer else None


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def dated(row: Mapping[str, object], *names: str) -> Context:
    """The row with those fields as dates."""
    return {**row, **{name: day(str(row[name] or "")) for name in names}}


def labour_office(prefecture: str) -> str:
    """東京都 has the 東京労働局; 北海道 alone keeps its whole name."""
    return f"{prefecture if prefecture == '北海道' else prefecture[:-1]}労働局"


def foot(name: str, number: int, digest: str, edition: str) -> str:
    return f"Takumi 作成　{name} 第{number}版　sha256 {digest}\n{NOTE.format(edition=edition)}"


def parties(facts: PartiesFacts) -> Context:
    """Addressee, applicant and agent, as they stand at the head of every form."""
    agent = facts["agent"]
    return {
        "office": labour_office(facts["establishment"]["prefecture"]),
        "firm": facts["firm"],
        "establishment": facts["establishment"],
        "contact": facts["contact"] or {"name": "", "department": "", "phone": "", "email": ""},
        "agent": agent or {"office": "", "postal_code": "", "address": "", "phone": "", "advisor": ""},
        "licence": agent["licence_number"] if agent else "",
        # The title must stand on the form before the name (共通要領R8.4.8 0901), for a 代理人 who is one as well.
        "advisor_title": "社会保険労務士" if agent and agent["advisor"] else "",
        "capacities": ticks(CAPACITIES, agent["capacity"] if agent else None),
    }


def prose(text: str) -> list[Context]:
    """A sentence in pieces, its days as dates, so that the paper writes them in the era like all others."""
    pieces = ISO_DAY.split(text)
    return [
        {"day": day(piece), "text": ""} if n % 2 else {"day": None, "text": piece} for n, piece in enumerate(pieces)
    ]
