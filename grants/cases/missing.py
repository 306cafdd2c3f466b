"""What a plan still lacks before its papers can be printed, and where each thing is entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _lazy

from firms.words.saying import said as _
from grants.cases.turns import Work
from grants.facts.stated import ClaimStated
from grants.models import Stated
from grants.papers.context import kind_of_training
from grants.shapes import PlanFacts
from grants.subjects import edition_in, entry_in
from grants.subjects.confirming import items_of

# Who can fill it: 様式第1-3号 is an application paper, lessons are the college's, the mandate's advisor the office's;
# all else is for the firm to say, whoever types it.
WORK_AT = {
    "plan": Work.APPLICATION,
    "careerup_plan": Work.APPLICATION,
    "mandate": Work.APPLICATION,
    "run": Work.TEACHING,
}


@dataclass(frozen=True)
class Missing:
    """`where`: firm · establishment · contact · plan · conversion · run · people · trainees · answers · mandate · confirmation ·
    a kind of `Stated`; of a conversion careerup_plan · conversion_facts · period_pay."""

    where: str
    label: str
    is_needed: bool = True

    @property
    def work(self) -> Work:
        return WORK_AT.get(self.where, Work.STATEMENT)


FIRM = (
    ("name", "名称"),
    ("corporate_number", "法人番号"),
    ("address", "所在地"),
    ("phone", "電話番号"),
    ("representative_name", "代表者の氏名"),
    ("industry", "業種区分"),
    ("main_business", "主たる事業"),
    ("regular_employees", "常時雇用する労働者数"),
)
ESTABLISHMENT = (("insurance_number", "雇用保険適用事業所番号"), ("address", "所在地"), ("phone", "電話番号"))


def missing_for_plan(facts: PlanFacts) -> list[Missing]:
    return [
        *empty_parts(facts["firm"], FIRM, "firm", _("企業の%(part)s")),
        *empty_parts(facts["establishment"], ESTABLISHMENT, "establishment", _("事業所の%(part)s")),
        *post(facts),
        *contact(facts),
        *stated(facts),
        *conversion(facts),
        *notice(facts),
        *training(facts),
        *workers(facts),
        *statements(facts),
        *agent(facts),
    ]


def empty_parts(
    found: Mapping[str, object], parts: tuple[tuple[str, str], ...], where: str, sentence: str
) -> Iterable[Missing]:
    return (Missing(where, sentence % {"part": label}) for part, label in parts if found[part] in ("", None))


def post(facts: PlanFacts) -> Iterable[Missing]:
    """支払方法・受取人住所届 has a box for it."""
    if not facts["firm"]["postal_code"]:
        yield Missing("firm", _("企業の郵便番号"), is_needed=False)


def contact(facts: PlanFacts) -> Iterable[Missing]:
    if facts["contact"] is None:
        yield Missing("contact", _("企業の担当者"))
    elif not facts["contact"]["phone"]:
        yield Missing("firm", _("担当者の電話番号"))


def stated(facts: PlanFacts) -> Iterable[Missing]:
    if (states := entry_in(facts).states) and facts.get(states) is None:
        yield Missing("plan", _("事業展開等実施計画（様式第1-3号）の内容"))


CONVERSION: tuple[tuple[Literal["manager_name", "is_conversion", "month"], object], ...] = (
    ("manager_name", _lazy("キャリアアップ管理者の氏名（様式第1-1号 キャリアアップ計画）")),
    ("is_conversion", _lazy("講ずる措置：訓練を修了した人の正社員への転換（様式第1-1号 キャリアアップ計画）")),
    ("month", _lazy("措置を講ずる予定の年月（様式第1-1号 キャリアアップ計画）")),
)


def conversion(facts: PlanFacts) -> Iterable[Missing]:
    """Half of it stands in for nothing; where nobody wants it or nobody could be converted, nothing is asked."""
    told = facts["conversion_plan"]
    if told is None:
        if any(worker["employment"] == "fixed_term" for worker in facts["workers"]):
            label = _("計画届をキャリアアップ計画書に代えるかどうか（有期雇用などの受講者がいます）")
            yield Missing("conversion", label, is_needed=False)
    elif told["is_wanted"]:
        yield from (Missing("conversion", str(label)) for part, label in CONVERSION if not told[part])


def notice(facts: PlanFacts) -> Iterable[Missing]:
    """What the papers have boxes for and nobody has stated: it does not hold up the plan, for a box can be filled by hand."""
    if facts["notice"] is None:
        label = _("資格試験、契約の経緯、デジタル人材、支援センターの欄（様式第1-1号 欄10・16・17・18）")
        yield Missing(Stated.NOTICE, label, is_needed=False)
    if kind_of_training(facts) == "in_house" and not facts["lecturers"]:
        yield Missing(Stated.LECTURERS, _("講師の要件（様式第10号）"), is_needed=False)
    if not is_confirmed(facts):
        yield Missing(Stated.CONFIRMATION, _("事業主本人の事前確認（様式第11号）"), is_needed=False)


def is_confirmed(facts: PlanFacts) -> bool:
    said = facts["confirmation"]
    return said is not None and {one.no for one in items_of(entry_in(facts), edition_in(facts))} <= set(said["items"])


def missing_for_claim(stated: ClaimStated) -> list[Missing]:
    """What goes with the claim and the firm has not stated."""
    wanted: list[tuple[Stated, object, object]] = [
        (Stated.STANDING, stated["standing"], _("支給要件確認申立書の4から16まで（共通要領様式第1号）")),
        (Stated.DIRECTORS, stated["directors"], _("役員等一覧（共通要領様式第1号 別紙）")),
        (Stated.HOUSES, stated["houses"], _("すべての事業所と人数（様式第13号）")),
        (Stated.PRICE, stated["price"], _("受講料の価格の説明（様式第28号）")),
        (Stated.ACCOUNT, stated["account"], _("振込先の口座（支払方法・受取人住所届）")),
    ]
    return [Missing(kind, str(label), is_needed=False) for kind, said, label in wanted if not said]


def training(facts: PlanFacts) -> Iterable[Missing]:
    if facts["training"]["units"] is not None:
        yield from online(facts)
    elif not facts["training"]["lessons"]:
        yield Missing("run", _("コマ（日時）の登録。連携校に依頼してください"))
    elif not facts["course"]["venue"]:
        yield Missing("run", _("訓練の実施場所"), is_needed=False)
    if not (facts["course"]["college_representative"] and facts["course"]["college_address"]):
        yield Missing("run", _("連携校の代表者と所在地"), is_needed=False)
    if any(not lesson["instructor"] for lesson in facts["training"]["lessons"]):
        yield Missing("run", _("講師の決まっていないコマがあります"), is_needed=False)


def online(facts: PlanFacts) -> Iterable[Missing]:
    """要領 says nothing certain of a plan that mixes lessons with e-learning, so none is made."""
    found = facts["training"]
    if not found["starts_on"]:
        yield Missing("run", _("学習できる期間（最初の日と最後の日）の登録。連携校に依頼してください"))
    if found["has_lessons"]:
        yield Missing(
            "run", _("集合のコマとeラーニングを組み合わせた計画はつくれません。届け出方を労働局に確かめてください")
        )
    if not found["units"]:
        label = _("教材ごとの標準学習時間（いまは講座の総時間を使います）")
        yield Missing("run", label, is_needed=False)
    if not facts["course"]["provider_page"]:
        yield Missing("run", _("連携校が講座を公開しているページ。計画届の日に公開されている必要があります"))


def workers(facts: PlanFacts) -> Iterable[Missing]:
    if not facts["workers"]:
        yield Missing("trainees", _("受講する従業員（受講決定の人がいません）"))
    for worker in facts["workers"]:
        if not worker["insured_number"]:
            yield Missing("people", _("%(name)sさんの雇用保険被保険者番号") % {"name": worker["name"]})


def statements(facts: PlanFacts) -> Iterable[Missing]:
    if not is_stated(facts, "no_rebate"):
        yield Missing("answers", _("返金・割引などを受けないことの確認（様式第1-1号 欄16に記載）"))
    open_ones = [
        d for d in entry_in(facts).questions if d.at_plan and d.code != "no_rebate" and not is_stated(facts, d.code)
    ]
    if open_ones:
        yield Missing("answers", _("要件の確認が残り%(n)s件") % {"n": len(open_ones)}, is_needed=False)


def is_stated(facts: PlanFacts, code: str) -> bool:
    answer = facts["answers"].get(code)
    return answer is not None and answer["value"] != "unknown"


def agent(facts: PlanFacts) -> Iterable[Missing]:
    if facts["agent"] and not facts["agent"]["advisor"]:
        yield Missing("mandate", _("担当社会保険労務士（事務所を離れました。委任を結び直してください）"))
    elif facts["agent"] and not facts["agent"]["licence_number"]:
        yield Missing("mandate", _("担当社会保険労務士の登録番号"), is_needed=False)
