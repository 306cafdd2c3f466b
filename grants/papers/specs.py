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
from grants.papers.context import plan_notice, reskilling_plan, worker_list
from grants.papers.pieces import Context
from grants.shapes import TrainedWorker

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


def forms_of_plan(plan: PlanVersion) -> tuple[FormSpec, ...]:
    def form(code: str, title: str, template: str, made: Callable[[PlanVersion], Context], says: str) -> FormSpec:
        return FormSpec(code, title, template, lambda: made(plan), says)

    notice = form(
        "1-1",
        "職業訓練実施計画届",
        "grants/papers/plan_notice.html",
        plan_notice,
        "次のとおり職業訓練を実施するので届け出ます。",
    )
    purpose = form(
        "1-3",
        "事業展開等実施計画",
        "grants/papers/reskilling_plan.html",
        reskilling_plan,
        "職業訓練実施計画届に添えて提出します。",
    )
    workers = form(
        "3-1",
        "対象労働者一覧",
        "grants/papers/worker_list.html",
        worker_list,
        "職業訓練実施計画届に添えて提出します。",
    )
    return (notice, purpose, workers) if plan.lifted["reskilling_plan"] else (notice, workers)


def forms_of_claim(claim: Claim) -> tuple[FormSpec, ...]:
    """The checklist first, then the forms in the order of their numbers; the report once for each worker claimed.

    eラーニング and 通信制 draw no wage aid, so they have no 様式第5号; the copy of their learning log follows the report."""

    def form(code: str, title: str, template: str, made: Callable[[Claim], Context], says: str = "") -> FormSpec:
        return FormSpec(code, title, template, lambda: made(claim), says)

    together = "支給申請書に添えて提出します。"
    asked = form("4-2", "支給申請書", "grants/papers/claim.html", claim_form, "次のとおり助成金の支給を申請します。")
    wages = form("5", "賃金助成及びOJT実施助成の内訳", "grants/papers/wage_sheet.html", wage_sheet, together)
    costs = form("6-2", "経費助成の内訳", "grants/papers/cost_sheet.html", cost_sheet, together)
    reports = [spec for worker in claimed_workers(claim) for spec in reports_of(claim, worker)]
    sheets = [asked, wages, costs, *reports] if is_class(claim) else [asked, costs, *reports]
    return cover(claim, sheets), *sheets


def cover(claim: Claim, sheets: list[FormSpec]) -> FormSpec:
    named = [(spec.label, spec.title) for spec in sheets]
    return FormSpec(
        "checklist", "支給申請チェックリスト", "grants/papers/checklist.html", lambda: checklist(claim, named)
    )


def reports_of(claim: Claim, worker: TrainedWorker) -> list[FormSpec]:
    """様式第8-1号 of a class, 第8-3号 of eラーニング, 第8-4号 of 通信制; a claim frozen before logs were kept has none."""

    def form(code: str, title: str, template: str, made: Callable[[Claim, TrainedWorker], Context]) -> FormSpec:
        says = "支給申請書に添えて提出します。"
        return FormSpec(code, title, template, lambda: made(claim, worker), says, worker["key"], worker["name"])

    if is_class(claim):
        return [form("8-1", "OFF-JT実施状況報告書", "grants/papers/report.html", report_of)]
    if worker["log"] is None:
        return []
    log = form("log", "学習ログ", "grants/papers/log.html", learning_log)
    if claim.lifted["plan"]["course"]["method"] == "e_learning":
        return [
            form("8-3", "eラーニング訓練実施結果報告書", "grants/papers/learning_report.html", learning_report),
            log,
        ]
    report = form("8-4", "通信制訓練実施結果報告書", "grants/papers/letter_report.html", learning_report)
    return [report, log] if worker["log"]["units"] else [report]
