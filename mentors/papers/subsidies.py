"""The papers of a subsidy, printed from the facts that were frozen when each was issued."""

from datetime import date
from pathlib import Path
from typing import Literal

from firms.papers.press import render
from mentors.models import SubsidyPaper
from mentors.models.subsidies.subsidies import Form
from mentors.shapes import SubsidyFacts

STYLE = Path(__file__).with_name("subsidies.css")
# To whom a paper goes: what the firm hands in is addressed to the ward's head, what the ward decides to the firm's.
FROM_FIRM = (Form.APPLICATION, Form.REPORT)
SENTENCES = {
    Form.APPLICATION: "次のとおり、助成金の交付を受けたいので申請します。",
    Form.DECISION: "申請のあった助成金について、次のとおり交付することに決定したので通知します。",
    Form.REFUSAL: "申請のあった助成金について、次の理由により交付しないことに決定したので通知します。",
    Form.REPORT: "交付の決定を受けた事業が終わったので、次のとおり報告します。",
    Form.FIXING: "報告のあった事業について、助成金の額を次のとおり確定したので通知します。",
}
AMOUNTS: dict[Form, tuple[str, Literal["asked_yen", "decided_yen", "spent_yen", "fixed_yen"]]] = {
    Form.APPLICATION: ("交付申請額", "asked_yen"),
    Form.DECISION: ("交付決定額", "decided_yen"),
    Form.REPORT: ("対象経費の実績額", "spent_yen"),
    Form.FIXING: ("確定額", "fixed_yen"),
}


def subsidy_pdf(paper: SubsidyPaper) -> bytes:
    form, facts = Form(paper.form), paper.lifted
    context = {
        "title": form.label,
        "facts": facts,
        "issued_on": paper.issued_on,
        "is_from_firm": form in FROM_FIRM,
        "sentence": SENTENCES[form],
        "amount": amount_of(form, facts),
        "rows": rows_of(form, facts),
    }
    return render("mentors/papers/subsidy.html", context, style=STYLE)


def amount_of(form: Form, facts: SubsidyFacts) -> tuple[str, int] | None:
    if form not in AMOUNTS:
        return None
    label, name = AMOUNTS[form]
    return label, facts[name] or 0


def rows_of(form: Form, facts: SubsidyFacts) -> list[tuple[str, object, str]]:
    """Label and value of each line: a day, a sum or a text."""
    rows: list[tuple[str, object]] = [("事業の名称", facts["title"]), ("助成の種類", facts["aim"])]
    if form == Form.APPLICATION:
        rows += [
            ("事業の内容", facts["plan"]),
            ("終える予定の日", day(facts["finish_on"])),
            ("対象経費の予定額", facts["cost_yen"]),
        ]
        rows += [("算定", facts["because"]), ("受付の順", f"{facts['year']}年度 第{facts['order']}号")]
    if form == Form.DECISION:
        rows += [
            ("対象経費の予定額", facts["cost_yen"]),
            ("実績報告の期限", day(facts["report_by"])),
            ("件数", facts["because"]),
        ]
    if form == Form.REFUSAL:
        rows += [("理由", facts["because"])]
    if form == Form.REPORT:
        rows += [
            ("終えた日", day(facts["finished_on"])),
            ("事業の成果", facts["result"]),
            ("交付決定額", facts["decided_yen"]),
        ]
        rows += [("作った技能マニュアル", "、".join(facts["manuals"]))] if facts["manuals"] else []
    if form == Form.FIXING:
        rows += [
            ("対象経費の実績額", facts["spent_yen"]),
            ("交付決定額", facts["decided_yen"]),
            ("算定", facts["because"]),
        ]
    return [(label, value, kind_of(value)) for label, value in rows]


def kind_of(value: object) -> str:
    return {int: "yen", date: "day"}.get(type(value), "text")


def day(text: str) -> date | str:
    return date.fromisoformat(text) if text else ""
