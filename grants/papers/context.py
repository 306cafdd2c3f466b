"""What each form of a plan prints, taken from the frozen facts alone."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from grants.models import PlanVersion
from grants.papers.pieces import Context, Tick, answered, dated, day, foot, parties, ticks, yes_no
from grants.rules import MENUS, current_schemes
from grants.shapes import Agreed, AnswerFacts, ConversionFacts, NoticeFacts, PlanFacts, SchemeFacts
from grants.subjects import edition_in, entry_in
from grants.subjects.confirming import Item, sheet_items

METHODS = {
    "class": "通学制",
    "live_online": "同時双方向型の通信訓練",
    "e_learning": "eラーニング",
    "correspondence": "通信制",
}
PURPOSES = {
    "new_business": "① 事業展開",
    "dx": "② デジタル・デジタルトランスフォーメーション（DX）化",
    "gx": "② グリーン・カーボンニュートラル（GX）化",
}
EMPLOYMENTS = {"regular": "正規", "fixed_term": "有期等"}
# 様式第1-1号 and 第5号 put indefinite contracts of non-regular staff with the fixed-term ones.
KINDS_OF_TRAINING = {"in_house": "事業内訓練", "external": "事業外訓練"}


def of_plan(plan: PlanVersion) -> Context:
    facts = plan.lifted
    return {
        **parties(facts),
        "scheme": facts["scheme"],
        "course": facts["course"],
        "foot": foot("計画", plan.number, plan.digest, facts["form_edition"]),
        "filed_on": None,
    }


def course_ticks(scheme: SchemeFacts) -> list[Tick]:
    """助成区分: every course of 人材開発支援助成金, by the names of the scheme files."""
    titles = {name: current_schemes().by_name[name].title for name in MENUS}
    courses = {name: title.removeprefix(scheme["grant"]).strip() for name, title in titles.items()}
    return ticks(courses | {scheme["code"]: scheme["label"]}, scheme["code"])


def kind_of_training(facts: PlanFacts) -> str:
    """The training is the firm's own where the firm itself gives it."""
    return "in_house" if facts["course"]["college"] == facts["firm"]["name"] else "external"


def training(found: Agreed) -> Context:
    return {
        "starts_on": day(found["starts_on"]),
        "ends_on": day(found["ends_on"]),
        "total_minutes": found["total_minutes"],
        "planned_minutes": found["planned_minutes"],
    }


def plan_notice(plan: PlanVersion) -> Context:
    """様式第1-1号"""
    facts = plan.lifted
    lessons = facts["training"]["lessons"]
    kind = kind_of_training(facts)
    return {
        **of_plan(plan),
        **training(facts["training"]),
        "courses": course_ticks(facts["scheme"]),
        "head_count": len(facts["workers"]),
        "methods": ticks(METHODS, facts["course"]["method"]),
        "kinds": ticks(KINDS_OF_TRAINING, kind),
        "instructors": "―"
        if facts["training"]["units"] is not None
        else "、".join(dict.fromkeys(x["instructor"] for x in lessons if x["instructor"])),
        "notice": stated_notice(facts["notice"]),
        "no_rebate": Tick(
            "教育訓練機関等から訓練経費の負担軽減につながる金銭の提供を受けないことを確認しました",
            answered(facts["answers"], "no_rebate") is True,
        ),
        "ties": close_ties(facts),
        "conversion": conversion(facts),
        "lessons": [dated(lesson, "on") for lesson in lessons],
        "lesson_count": len(lessons),
        "units": facts["training"]["units"],
        "standard_hours": facts["training"]["standard_hours"],
    }


FOUND_BY = {
    "approached": "営業を受けた",
    "searched": "自ら検索・比較した",
    "other": "その他",
}


def stated_notice(told: NoticeFacts | None) -> Context | None:
    """Boxes 10, 16, 17 and 18; None leaves them to be filled in by hand."""
    if told is None:
        return None
    return {
        "exam": exam(told),
        "found_by": ticks(FOUND_BY, told["found_by"]),
        "found_note": told["found_note"],
        "offers": yes_no(told["is_reduction_offered"]),
        "materials": yes_no(told["has_material"]),
        "digital": digital(told),
        "support_centre": yes_no(told["used_centre"]),
    }


def exam(told: NoticeFacts | None) -> Context | None:
    if told is None:
        return None
    return {"is_wanted": told["has_exam"], "name": told["exam"], "on": day(told["exam_on"])}


def digital(told: NoticeFacts | None) -> Context | None:
    """None while nobody has said; without a group the training is for no デジタル人材."""
    return None if told is None else {"kind": told["digital"], "men": told["men"], "women": told["women"]}


def close_ties(facts: PlanFacts) -> list[Tick] | None:
    """欄16⑤ where the scheme asks for it; None where it does not."""
    if "no_close_ties" not in {one.code for one in entry_in(facts).questions}:
        return None
    has_none = answered(facts["answers"], "no_close_ties")
    return yes_no(None if has_none is None else not has_none)


def confirmation(plan: PlanVersion) -> Context:
    """様式第11号: ticked where the firm itself confirmed it; what else it answered in Takumi stands beside."""
    facts = plan.lifted
    said = facts["confirmation"]
    marks = said["items"] if said else []
    items = [confirmed(item, facts["answers"], marks) for item in sheet_items(entry_in(facts), edition_in(facts))]
    return {
        **of_plan(plan),
        **training(facts["training"]),
        "parts": [{"title": title, "items": list(rows)} for title, rows in groupby(items, key=lambda row: row["part"])],
        "said_by": said["said_by"] if said else "",
        "said_at": datetime.fromisoformat(said["said_at"]) if said else None,
    }


def confirmed(item: Item, answers: Mapping[str, AnswerFacts], marks: list[str]) -> Context:
    said = answers.get(item.answer)
    told = {"yes": "はい", "no": "いいえ"}.get(said["value"], "") if said else ""
    return {
        "no": item.no,
        "says": item.says,
        "part": item.part,
        "mark": ("☑" if item.no in marks else "☐") if item.is_asked else "―",
        "told": told,
        "label": said["label"] if said else "",
        "on": day(said["answered_on"]) if said else None,
    }


NOT_WANTED: ConversionFacts = {"is_wanted": False, "manager_name": "", "is_conversion": False, "month": None}


def conversion(facts: PlanFacts) -> Context | None:
    """None leaves the row to be filled in by hand: nobody had said, though somebody could be converted."""
    can_convert = any(worker["employment"] == "fixed_term" for worker in facts["workers"])
    told = facts["conversion_plan"] or (None if can_convert else NOT_WANTED)
    if told is None:
        return None
    measure = Tick("訓練を修了した有期等の労働者を正社員に転換する", told["is_conversion"])
    return {
        "is_wanted": told["is_wanted"],
        "manager": told["manager_name"],
        "measure": measure,
        "month": day(told["month"]),
    }


def reskilling_plan(plan: PlanVersion) -> Context:
    """様式第1-3号"""
    found = plan.lifted["reskilling_plan"]
    assert found is not None  # without it the plan has no such form (`forms_of_plan`)
    is_business = found["purpose"] == "new_business"
    return {
        **of_plan(plan),
        **training(plan.lifted["training"]),
        "purposes": ticks(PURPOSES, found["purpose"]),
        "from_on": day(found["from_on"]),
        "to_on": day(found["to_on"]),
        "business": found["business"] or ("" if is_business else "（事業展開を伴わない訓練のため記入なし）"),
        "change": found["change"] or ("（DX・GX化を目的としない訓練のため記入なし）" if is_business else ""),
        "task_link": found["task_link"],
    }


def worker_list(plan: PlanVersion) -> Context:
    """様式第3-1号"""
    facts = plan.lifted
    workers = facts["workers"]
    return {
        **of_plan(plan),
        **training(facts["training"]),
        "workers": [
            {**dated(worker, "hired_on"), "employments": ticks(EMPLOYMENTS, worker["employment"])} for worker in workers
        ],
        "head_count": len(workers),
    }
