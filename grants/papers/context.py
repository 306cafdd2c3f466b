"""What each form of a plan prints, taken from the frozen facts alone."""

from grants.models import PlanVersion
from grants.papers.pieces import Context, Facts, Tick, answered, dated, day, foot, parties, ticks, yes_no

COURSES = {
    "hrd_support": "人材育成支援コース",
    "invest_in_people": "人への投資促進コース",
    "reskilling": "事業展開等リスキリング支援コース",
}
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
    facts = plan.facts
    return {
        **parties(facts),
        "scheme": facts["scheme"],
        "course": facts["course"],
        "foot": foot("計画", plan.number, plan.digest, facts["form_edition"]),
        "filed_on": None,
    }


def kind_of_training(facts: Facts) -> str:
    """The training is the firm's own where the firm itself gives it."""
    return "in_house" if facts["course"]["college"] == facts["firm"]["name"] else "external"


def training(facts: Facts) -> Context:
    found = facts["training"]
    return {
        "starts_on": day(found["starts_on"]),
        "ends_on": day(found["ends_on"]),
        "total_minutes": found["total_minutes"],
        "planned_minutes": found["planned_minutes"],
    }


def plan_notice(plan: PlanVersion) -> Context:
    """様式第1-1号"""
    facts = plan.facts
    lessons = dated(facts["training"]["lessons"], "on")
    kind = kind_of_training(facts)
    return {
        **of_plan(plan),
        **training(facts),
        "courses": ticks(COURSES, facts["scheme"]["code"]),
        "head_count": len(facts["workers"]),
        "methods": ticks(METHODS, facts["course"]["method"]),
        "kinds": ticks(KINDS_OF_TRAINING, kind),
        "instructors": "、".join(dict.fromkeys(x["instructor"] for x in lessons if x["instructor"])),
        "offers": yes_no(answered(facts["answers"], "burden_reduction_offered")),
        "no_rebate": Tick(
            "教育訓練機関等から訓練経費の負担軽減につながる金銭の提供を受けないことを確認しました",
            answered(facts["answers"], "no_rebate") is True,
        ),
        "support_centre": yes_no(answered(facts["answers"], "support_centre_used")),
        "conversion": conversion(facts.get("conversion_plan")),
        "lessons": lessons,
        "lesson_count": len(lessons),
        "units": facts["training"].get("units"),
        "standard_hours": facts["training"].get("standard_hours"),
    }


def conversion(told: Facts | None) -> Context | None:
    """None leaves the row to be filled in by hand: nobody had said, or the plan is of before it was asked."""
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
    found = plan.facts["reskilling_plan"]
    is_business = found["purpose"] == "new_business"
    return {
        **of_plan(plan),
        **training(plan.facts),
        "purposes": ticks(PURPOSES, found["purpose"]),
        "from_on": day(found["from_on"]),
        "to_on": day(found["to_on"]),
        "business": found["business"] or ("" if is_business else "（事業展開を伴わない訓練のため記入なし）"),
        "change": found["change"] or ("（DX・GX化を目的としない訓練のため記入なし）" if is_business else ""),
        "task_link": found["task_link"],
    }


def worker_list(plan: PlanVersion) -> Context:
    """様式第3-1号"""
    facts = plan.facts
    workers = dated(facts["workers"], "hired_on")
    return {
        **of_plan(plan),
        **training(facts),
        "workers": [{**worker, "employments": ticks(EMPLOYMENTS, worker["employment"])} for worker in workers],
        "head_count": len(workers),
    }
