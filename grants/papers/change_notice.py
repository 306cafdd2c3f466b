"""様式第2-1号: what the office has as planned, and what became of it, filled from the departures nobody told yet."""

from collections.abc import Collection
from datetime import date

from firms.papers.press import render
from grants.models import PlanVersion
from grants.papers.context import METHODS, course_ticks
from grants.papers.pieces import Context, dated, day, parties, ticks
from grants.shapes import LessonFacts, PlanTraining, RealityFacts
from grants.subjects import edition_in

FOOT = (
    "Takumi 作成　計画 第{number}版　sha256 {digest}　{on}の記録との差異\n"
    "項目は{edition}の様式に合わせていますが、書式は Takumi が作成したものです。"
    "提出前に労働局が公開している最新の様式と照合してください。"
)


def change_notice(
    plan: PlanVersion, now: RealityFacts, told: Collection[str], *, receipt_number: str, on: date
) -> Context:
    """`told`: the subjects whose change this notice tells. Only what changed is filled in."""
    facts, edition = plan.lifted, edition_in(plan.lifted)
    label = f"様式第{edition.forms['change']}号"
    old, new = facts["training"], now["training"]
    return {
        **parties(facts),
        "scheme": facts["scheme"],
        "course": facts["course"],
        "courses": course_ticks(facts["scheme"]),
        "filed_on": None,
        "receipt_number": receipt_number,
        "added": [one for one in now["workers"] if f"worker-{one['key']}" in told],
        "head_count": len(now["workers"]),
        "changes": sorted(told),
        "lessons": changed_lessons(old, new, told),
        "period": period(old, new),
        "venue": (facts["course"]["venue"], now["course"]["venue"], now["course"]["venue_address"])
        if "venue" in told
        else None,
        "methods": ticks(METHODS, now["course"]["method"])
        if now["course"]["method"] != facts["course"]["method"]
        else None,
        "minutes": (old["planned_minutes"], new["planned_minutes"])
        if old["planned_minutes"] != new["planned_minutes"]
        else None,
        "lecturers": lecturers(old, new),
        "online": sorted(subject for subject in told if not subject.startswith(("lesson-", "worker-", "venue"))),
        "foot": FOOT.format(number=plan.number, digest=plan.digest, on=on.isoformat(), edition=facts["form_edition"]),
        "spec": {
            "name": f"{label} 職業訓練実施計画変更届",
            "label": label,
            "title": "職業訓練実施計画変更届",
            "says": "職業訓練実施計画を次のとおり変更するので届け出ます。",
        },
    }


def changed_lessons(old: PlanTraining, new: PlanTraining, told: Collection[str]) -> list[Context]:
    """Before and after; either is None where there was or is none."""
    planned, held = ({f"lesson-{one['id']}": one for one in found["lessons"]} for found in (old, new))
    keys = [key for key in dict.fromkeys([*planned, *held]) if key in told]
    return [{"old": row(planned.get(key)), "new": row(held.get(key))} for key in keys]


def row(lesson: LessonFacts | None) -> Context | None:
    return dated(lesson, "on") if lesson else None


def period(old: PlanTraining, new: PlanTraining) -> Context | None:
    parts = ("starts_on", "ends_on")
    if all(old[part] == new[part] for part in parts):  # type: ignore[literal-required]
        return None
    return {"old": [day(old["starts_on"]), day(old["ends_on"])], "new": [day(new["starts_on"]), day(new["ends_on"])]}


def lecturers(old: PlanTraining, new: PlanTraining) -> tuple[str, str] | None:
    before, after = (
        "、".join(dict.fromkeys(one["instructor"] for one in found["lessons"] if one["instructor"]))
        for found in (old, new)
    )
    return (before, after) if before != after else None


def change_pdf(plan: PlanVersion, now: RealityFacts, told: Collection[str], *, receipt_number: str, on: date) -> bytes:
    context = change_notice(plan, now, told, receipt_number=receipt_number, on=on)
    return render("grants/papers/change_notice.html", context)
