"""Which forms a plan and a claim have, and what each is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from firms.papers.press import render
from grants.models import Claim, PlanVersion
from grants.papers.checklist import checklist
from grants.papers.claim_context import (
    claim_form,
    claimed_workers,
    cost_sheet,
    is_class,
    learning_log,
    learning_report,
    wage_sheet,
)
from grants.papers.claim_context import report as report_of
from grants.papers.context import confirmation, plan_notice, reskilling_plan, worker_list
from grants.papers.pieces import Context
from grants.shapes import TrainedWorker
from grants.subjects import Edition, edition_in, entry_in

TITLE_LENGTH = 120


@dataclass(frozen=True)
class FormSpec:
    """One form of one frozen plan or claim; `subject` is the worker's key where each has a form of their own."""

    code: str
    title: str
    template: str
    context: Callable[[], Context]
    says: str = ""
    subject: str = ""
    person: str = ""

    @property
    def label(self) -> str:
        return f"様式第{self.code}号" if self.code[0].isdigit() else self.title

    @property
    def name(self) -> str:
        """As lists and file names show it."""
        whole = self.title if self.label == self.title else f"{self.label} {self.title}"
        return f"{whole}（{self.person}）"[:TITLE_LENGTH] if self.person else whole

    def pdf(self) -> bytes:
        return render(self.template, {**self.context(), "spec": self})


WITH_THE_PLAN = "職業訓練実施計画届に添えて提出します。"
WITH_THE_CLAIM = "支給申請書に添えて提出します。"


@dataclass(frozen=True)
class Sheet:
    """One kind of form before it has its number: whose number that is, the registry of schemes knows."""

    title: str
    layout: str
    context: Callable[..., Context]
    says: str


PLAN_SHEETS = {
    "notice": Sheet("職業訓練実施計画届", "plan_notice", plan_notice, "次のとおり職業訓練を実施するので届け出ます。"),
    "purpose": Sheet("事業展開等実施計画", "reskilling_plan", reskilling_plan, WITH_THE_PLAN),
    "workers": Sheet("対象労働者一覧", "worker_list", worker_list, WITH_THE_PLAN),
    "confirmation": Sheet("事前確認書", "confirmation", confirmation, WITH_THE_PLAN),
}
CLAIM_SHEETS = {
    "claim": Sheet("支給申請書", "claim", claim_form, "次のとおり助成金の支給を申請します。"),
    "wages": Sheet("賃金助成及びOJT実施助成の内訳", "wage_sheet", wage_sheet, WITH_THE_CLAIM),
    "costs": Sheet("経費助成の内訳", "cost_sheet", cost_sheet, WITH_THE_CLAIM),
}
REPORT_SHEETS = {
    "report": Sheet("OFF-JT実施状況報告書", "report", report_of, WITH_THE_CLAIM),
    "learning": Sheet("eラーニング訓練実施結果報告書", "learning_report", learning_report, WITH_THE_CLAIM),
    "letters": Sheet("通信制訓練実施結果報告書", "letter_report", learning_report, WITH_THE_CLAIM),
}


def template_of(edition: Edition, name: str, sheet: Sheet) -> str:
    return f"grants/papers/{edition.layouts.get(name, sheet.layout)}.html"


def forms_of_plan(plan: PlanVersion) -> tuple[FormSpec, ...]:
    """Those the scheme asks for; what the firm had not stated has no form yet."""
    entry, edition = entry_in(plan.lifted), edition_in(plan.lifted)
    wanted = [name for name in entry.plan if name != "purpose" or plan.lifted.get(entry.states)]
    return tuple(plan_form(plan, edition, name) for name in wanted)


def plan_form(plan: PlanVersion, edition: Edition, name: str) -> FormSpec:
    sheet = PLAN_SHEETS[name]
    template = template_of(edition, name, sheet)
    return FormSpec(edition.forms[name], sheet.title, template, lambda: sheet.context(plan), sheet.says)


def forms_of_claim(claim: Claim) -> tuple[FormSpec, ...]:
    """The checklist first, then the forms in the order of their numbers; the report once for each worker claimed.

    eラーニング and 通信制 draw no wage aid, so they have no 様式第5号; the copy of their learning log follows the report."""
    names = [name for name in CLAIM_SHEETS if name != "wages" or is_class(claim)]
    reports = [spec for worker in claimed_workers(claim) for spec in reports_of(claim, worker)]
    sheets = [*(claim_sheet(claim, name) for name in names), *reports]
    return cover(claim, sheets), *sheets


def claim_sheet(claim: Claim, name: str) -> FormSpec:
    edition, sheet = edition_in(claim.lifted["plan"]), CLAIM_SHEETS[name]
    template = template_of(edition, name, sheet)
    return FormSpec(edition.forms[name], sheet.title, template, lambda: sheet.context(claim), sheet.says)


def cover(claim: Claim, sheets: list[FormSpec]) -> FormSpec:
    named = [(spec.label, spec.title) for spec in sheets]
    return FormSpec(
        "checklist", "支給申請チェックリスト", "grants/papers/checklist.html", lambda: checklist(claim, named)
    )


def reports_of(claim: Claim, worker: TrainedWorker) -> list[FormSpec]:
    """様式第8-1号 of a class, 第8-3号 of eラーニング, 第8-4号 of 通信制; a claim frozen before logs were kept has none."""

    if is_class(claim):
        return [report_sheet(claim, worker, "report")]
    if worker["log"] is None:
        return []
    log = FormSpec(
        "log",
        "学習ログ",
        "grants/papers/log.html",
        lambda: learning_log(claim, worker),
        WITH_THE_CLAIM,
        worker["key"],
        worker["name"],
    )
    if claim.lifted["plan"]["course"]["method"] == "e_learning":
        return [report_sheet(claim, worker, "learning"), log]
    letters = report_sheet(claim, worker, "letters")
    return [letters, log] if worker["log"]["units"] else [letters]


def report_sheet(claim: Claim, worker: TrainedWorker, name: str) -> FormSpec:
    edition, sheet = edition_in(claim.lifted["plan"]), REPORT_SHEETS[name]
    template = template_of(edition, name, sheet)
    return FormSpec(
        edition.forms[name],
        sheet.title,
        template,
        lambda: sheet.context(claim, worker),
        sheet.says,
        worker["key"],
        worker["name"],
    )
