"""The thirty-one invented courses of the demo, from courses.toml, with the skill items they teach."""

from typing import Any

from courses.models import Course, CourseSkill
from demo.clock import as_of
from demo.schedules import SHAPES
from demo.world import World

LISTED_SINCE_DAYS = 400
COMPLETION = "総時間の80%以上に出席し、最後の課題を提出すること"
COMPLETION_ONLINE = "すべての教材を終え、確認テストに合格すること"
CANCEL_RULE = "開講の7日前まで無料。その後は受講料の全額。会社の都合による振替は1回まで。"
AUDIENCES = {
    "entry": "中小企業で働く人（経験は問いません）",
    "basic": "現場の仕事にパソコンを使っている人",
    "practice": "現場の改善を担う人",
    "advanced": "社内で推進役になる人",
}
TIMINGS = {
    "evening": "evening",
    "online_evening": "evening",
    "saturday": "weekend",
    "anytime": "anytime",
}
# Whose work shows what they can do gets the instructor's word on it.
JUDGED = ("practice", "advanced")


def build(world: World, seeds: list[dict[str, Any]]) -> dict[str, Course]:
    with as_of(world.day(-420)):
        rows = [course(world, seed) for seed in seeds]
        for row, seed in zip(rows, seeds, strict=True):
            row.search_text = row.words(seed.get("skills", []))
        made = Course.objects.bulk_create(rows)
        CourseSkill.objects.bulk_create(
            CourseSkill(course=row, item=item)
            for row, seed in zip(made, seeds, strict=True)
            for item in seed.get("skills", [])
        )
    return {seed["key"]: row for seed, row in zip(seeds, made, strict=True)}


def course(world: World, seed: dict[str, Any]) -> Course:
    state, count = seed.get("state", "listed"), len(seed["topics"])
    return Course(
        college=world.organisations[seed["college"]],
        title=seed["title"],
        field=seed["field"],
        level=seed["level"],
        summary=seed["summary"],
        goals=seed["goals"],
        syllabus="\n".join(f"第{number}回 {topic}" for number, topic in enumerate(seed["topics"], start=1)),
        audience=AUDIENCES[seed["level"]],
        prerequisites=seed.get("prerequisites", ""),
        textbook=seed.get("textbook", "配布資料（受講料に含む）"),
        textbook_yen=seed.get("textbook_yen", 0),
        cancel_rule=CANCEL_RULE,
        hours=seed.get("hours") or SHAPES[seed["shape"]].minutes * count / 60,
        fee_yen=seed["fee_yen"],
        seats=seed["seats"],
        provider_page=f"https://{seed['college']}.example/courses/{seed['key']}",
        state=state,
        listed_on=world.day(-LISTED_SINCE_DAYS) if state in ("listed", "withdrawn") else None,
        **manner(seed),
        **contact(world, seed["college"]),
    )


def manner(seed: dict[str, Any]) -> dict[str, Any]:
    """How it is taught, and what completing it takes."""
    method = seed.get("method", "class")
    is_alone = method == "e_learning"
    return {
        "method": method,
        "timing": TIMINGS.get(seed["shape"], "day"),
        "has_captions": method != "class",
        "is_wheelchair_accessible": method == "class" and seed["college"] != "tech",
        "completion_rule": COMPLETION_ONLINE if is_alone else COMPLETION,
        "needed_percent": 0 if is_alone else 80,
        "needs_units": is_alone,
        "needs_quiz": is_alone,
        "needs_word": seed["level"] in JUDGED,
    }


def contact(world: World, key: str) -> dict[str, str]:
    college, desk = world.organisations[key], world.first(key, "coordinator")
    return {
        "contact_name": f"{desk.department} {desk.person.family_name}",
        "contact_phone": college.phone,
        "contact_email": f"kouza@{key}.example",
    }
