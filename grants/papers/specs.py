"""Which forms a plan and a claim have, and what each is made from."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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
from grants.papers.context import confirmation, kind_of_training, plan_notice, reskilling_plan, worker_list
from grants.papers.pieces import Context
from grants.papers.plan_checklist import plan_checklist
from grants.papers.stated_context import (
    houses,
    lecturers,
    mandate_of_claim,
    mandate_of_plan,
    payee,
    price,
    standing,
)
from grants.shapes import ClaimFacts, PlanFacts, TrainedWorker
from grants.subjects import Edition, edition_in, entry_in

TITLE_LENGTH = 120
# The forms of all 雇用関係助成金, and papers without a number.
COMMON = {"standing": "common-1", "certificate": "common-2", "payee": "payee", "mandate": "mandate"}
LABELS = {
    "common-1": "共通要領様式第1号",
    "common-2": "共通要領様式第2号",
    "careerup-1": "様式第1号",
    "careerup-3": "様式第3号",
    "careerup-3-1-1": "様式第3号 別添様式1-1",
    "careerup-3-1-2": "様式第3号 別添様式1-2",
    "careerup-4": "様式第4号",
}


@dataclass(frozen=True)
class FormSpec:
    """One form of one frozen plan or claim; `subject` is the worker's key where each has a form of their own, `sheet` what its
    boxes are listed under."""

    code: str
    title: str
    template: str
    context: Callable[[], Context]
    says: str = ""
    subject: str = ""
    person: str = ""
    sheet: str = ""

    @property
    def label(self) -> str:
        return f"様式第{self.code}号" if self.code[0].isdigit() else LABELS.get(self.code, self.title)

    @property
    def name(self) -> str:
        """As lists and file names show it."""
        whole = self.title if self.label == self.title else f"{self.label} {self.title}"
        return f"{whole}（{self.person}）"[:TITLE_LENGTH] if self.person else whole

    def pdf(self) -> bytes:
        with uncollected():
            return render(self.template, {**self.context(), "spec": self})

    def draft(self) -> bytes:
        """Every page says that nothing is frozen yet."""
        with uncollected():
            return render(self.template, {**self.context(), "spec": self, "is_draft": True})


@contextmanager
def uncollected() -> Iterator[None]:
    """A form is laid out in hundreds of thousands of objects that all live until it is written: looking through them for
    garbage meanwhile finds none and takes a sixth of the time. What was garbage is found after."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    "lecturers": Sheet("OFF-JT講師要件確認書", "lecturers", lecturers, WITH_THE_PLAN),
    "confirmation": Sheet("事前確認書", "confirmation", confirmation, WITH_THE_PLAN),
    "mandate": Sheet("委任状", "mandate", mandate_of_plan, ""),
    "certificate": Sheet("提出代行等に関する証明書", "certificate", mandate_of_plan, ""),
}
CLAIM_SHEETS = {
    "claim": Sheet("支給申請書", "claim", claim_form, "次のとおり助成金の支給を申請します。"),
    "wages": Sheet("賃金助成及びOJT実施助成の内訳", "wage_sheet", wage_sheet, WITH_THE_CLAIM),
    "costs": Sheet("経費助成の内訳", "cost_sheet", cost_sheet, WITH_THE_CLAIM),
}
AFTER_THE_REPORTS = {
    "houses": Sheet("事業所確認票", "houses", houses, WITH_THE_CLAIM),
    "price": Sheet("受講料等の価格設定に関する疎明書", "price", price, WITH_THE_CLAIM),
    "standing": Sheet("支給要件確認申立書", "standing", standing, "次のとおり申し立てます。"),
    "payee": Sheet("支払方法・受取人住所届", "payee", payee, "助成金の支払方法を届け出ます。"),
    "mandate": Sheet("委任状", "mandate", mandate_of_claim, ""),
    "certificate": Sheet("提出代行等に関する証明書", "certificate", mandate_of_claim, ""),
}
REPORT_SHEETS = {
    "report": Sheet("OFF-JT実施状況報告書", "report", report_of, WITH_THE_CLAIM),
    "learning": Sheet("eラーニング訓練実施結果報告書", "learning_report", learning_report, WITH_THE_CLAIM),
    "letters": Sheet("通信制訓練実施結果報告書", "letter_report", learning_report, WITH_THE_CLAIM),
}


def template_of(edition: Edition, name: str, sheet: Sheet) -> str:
    return f"grants/papers/{edition.layouts.get(name, sheet.layout)}.html"


def form_of(edition: Edition, name: str, sheet: Sheet, *given: object, worker: TrainedWorker | None = None) -> FormSpec:
    return FormSpec(
        edition.forms.get(name) or COMMON[name],
        sheet.title,
        template_of(edition, name, sheet),
        lambda: sheet.context(*given, *([worker] if worker else [])),
        sheet.says,
        worker["key"] if worker else "",
        worker["name"] if worker else "",
        edition.layouts.get(name, name),
    )


def is_proxy(facts: PlanFacts | ClaimFacts) -> bool:
    """Only a 代理人 brings the firm's 委任状 in the original; a 提出代行者 and a 事務代理者 need none (共通要領R8.4.8 0901)."""
    return bool(facts["agent"] and facts["agent"]["capacity"] == "proxy")


def is_certified(facts: PlanFacts | ClaimFacts) -> bool:
    """様式第2号 of 共通要領 goes with an electronic filing by a 社会保険労務士; on paper there is none (1003)."""
    return bool(facts["agent"] and facts["agent"]["capacity"] != "proxy" and facts["channel"] != "paper")


# Where a form is not wanted in every case.
PLAN_WANTS: dict[str, Callable[[PlanFacts], bool]] = {
    "purpose": lambda facts: facts["reskilling_plan"] is not None,
    "lecturers": lambda facts: kind_of_training(facts) == "in_house",
    "mandate": is_proxy,
    "certificate": is_certified,
}
CLAIM_WANTS: dict[str, Callable[[Claim], bool]] = {
    "wages": is_class,
    "price": lambda claim: claim.outcome["expense_aid"] > 0,
    "mandate": lambda claim: is_proxy(claim.lifted),
    "certificate": lambda claim: is_certified(claim.lifted),
}


def forms_of_plan(plan: PlanVersion) -> tuple[FormSpec, ...]:
    """The checklist first, then those the scheme asks for; what the firm had not stated has no form yet."""
    facts = plan.lifted
    entry, edition = entry_in(facts), edition_in(facts)
    names = [name for name in (*entry.plan, "mandate", "certificate") if wants(PLAN_WANTS, name, facts)]
    sheets = [form_of(edition, name, PLAN_SHEETS[name], plan) for name in names]
    return plan_cover(plan, sheets), *sheets


def wants[Given](table: Mapping[str, Callable[[Given], bool]], name: str, given: Given) -> bool:
    return name not in table or table[name](given)


def plan_cover(plan: PlanVersion, sheets: list[FormSpec]) -> FormSpec:
    template, named = "grants/papers/plan_checklist.html", listed(sheets)
    return FormSpec("checklist", "計画届チェックリスト", template, lambda: plan_checklist(plan, named))


def listed(sheets: Iterable[FormSpec]) -> list[tuple[str, str, str]]:
    """Label, title and list of boxes of each."""
    return [(spec.label, spec.title, spec.sheet) for spec in sheets]


def forms_of_claim(claim: Claim) -> tuple[FormSpec, ...]:
    """The checklist first, then the forms in the order of their numbers; the report once for each worker claimed.

    eラーニング and 通信制 draw no wage aid, so they have no 様式第5号; the copy of their learning log follows the report."""
    edition = edition_in(claim.lifted["plan"])
    before, after = (
        [form_of(edition, name, sheet, claim) for name, sheet in table.items() if wants(CLAIM_WANTS, name, claim)]
        for table in (CLAIM_SHEETS, AFTER_THE_REPORTS)
    )
    reports = [spec for worker in claimed_workers(claim) for spec in reports_of(claim, worker)]
    sheets = [*before, *reports, *after]
    return cover(claim, sheets), *sheets


def cover(claim: Claim, sheets: list[FormSpec]) -> FormSpec:
    named = listed(sheets)
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
    return form_of(edition_in(claim.lifted["plan"]), name, REPORT_SHEETS[name], claim, worker=worker)
