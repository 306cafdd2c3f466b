"""The papers of money: 謝金等請求書, the statement of a month, and what the year's 支払調書 asks for; of frozen facts alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from firms.papers.press import render
from mentors.models import Statement
from mentors.papers.visits import spec

FOOT = "Takumi 作成　支払明細 {number}　様式は区の標準です。"


def statement_context(statement: Statement, title: str) -> dict[str, Any]:
    facts = statement.frozen.lifted
    days = {name: date.fromisoformat(facts[name]) for name in ("month", "pay_on")}
    lines = [{**line, "on": date.fromisoformat(line["on"])} for line in facts["lines"]]
    number = f"{days['month']:%Y%m}-{statement.pk:05d}"
    return {
        **facts,
        **days,
        "lines": lines,
        "number": number,
        "total_yen": facts["fee_yen"] + facts["travel_yen"],
        "minutes": sum(line["minutes"] for line in lines),
        "carrier_yen": sum(line["carrier_yen"] for line in lines),
        "spec": spec(title),
        "foot": FOOT.format(number=number),
    }


def invoice_paper(statement: Statement) -> bytes:
    """謝金等請求書: what the マイスター asks of the ward, the same rows as the statement."""
    return render("mentors/papers/invoice.html", statement_context(statement, "謝金等請求書"))


def statement_paper(statement: Statement) -> bytes:
    return render("mentors/papers/statement.html", statement_context(statement, "謝金支払明細書"))


# --- a year ---


@dataclass(frozen=True)
class Year:
    """One person's calendar year by the days of payment, as 支払調書 asks for it."""

    name: str
    kana: str
    rows: tuple[dict[str, Any], ...]

    @property
    def total_yen(self) -> int:
        return sum(row["total_yen"] for row in self.rows)

    @property
    def withheld_yen(self) -> int:
        return sum(row["withheld_yen"] for row in self.rows)

    @property
    def paid_yen(self) -> int:
        return sum(row["paid_yen"] for row in self.rows)


def years_of(statements: Iterable[Statement]) -> list[Year]:
    """By person, in the order they come."""
    found: dict[int, list[Statement]] = {}
    for one in statements:
        found.setdefault(one.mentor_id, []).append(one)
    return [
        Year(
            rows[-1].frozen.lifted["mentor"]["name"],
            rows[-1].frozen.lifted["mentor"]["kana"],
            tuple(year_row(one) for one in rows),
        )
        for rows in found.values()
    ]


def year_row(statement: Statement) -> dict[str, Any]:
    facts = statement.frozen.lifted
    return {
        "month": date.fromisoformat(facts["month"]),
        "pay_on": date.fromisoformat(facts["pay_on"]),
        "fee_yen": facts["fee_yen"],
        "travel_yen": facts["travel_yen"],
        "total_yen": facts["fee_yen"] + facts["travel_yen"],
        "withheld_yen": facts["withheld_yen"],
        "paid_yen": facts["paid_yen"],
    }


def year_paper(statements: Sequence[Statement], *, year: int) -> bytes:
    """A sheet for each person; addresses and 個人番号 are kept elsewhere and written by hand."""
    context = {
        "year": year,
        "people": years_of(statements),
        "ward": statements[-1].frozen.lifted["ward"],
        "spec": spec("報酬、料金等の支払調書の記載事項"),
        "foot": f"Takumi 作成　{year}年1月1日から12月31日までに支払いの日が来たもの。法定の支払調書そのものではありません。",
    }
    return render("mentors/papers/year.html", context)
