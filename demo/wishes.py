"""What colleges want changed in listed courses, and what the demo's machine shop wants its people to know."""

from typing import Any

from courses.actions.catalogue.revisions import accept_revision, propose_revision, return_revision, take_back_revision
from courses.actions.completion.skills import set_skill_target
from courses.models import Course, CourseRevision
from courses.queries.catalogue.differences import fingerprint, lines_of
from demo.clock import as_of
from demo.world import World

# College, course, what is wanted, and what became of it.
REVISIONS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    (
        "tech",
        "現場IoT: センサで設備の稼働を見る",
        {
            "fee_yen": 24_000,
            "goals": "電流センサと積層信号灯の読取りで設備の稼働・停止を記録し、グラフにして朝礼と見積もりで使えるようになります。",
            "skills": ["dss-p:2.0:3.2.1", "dss-p:2.0:2.1.4"],
        },
        "open",
    ),
    ("tech", "Raspberry Piで作る停止記録", {"textbook_yen": 11_000}, "accepted"),
    ("university", "中小企業のサイバー防御", {"fee_yen": 26_000}, "returned"),
    ("centre", "3D CAD/CAM基礎", {"seats": 14}, "taken_back"),
)
RETURNED_BECAUSE = "値上げの理由が書かれていません。内容の変更とあわせて、もう一度申請してください。"
TARGETS = {
    "dss-p:2.0:3.2.1": 4,
    "dss-p:2.0:2.1.1": 3,
    "dss-p:2.0:4.1.2": 2,
    "dss-p:2.0:3.1.10": 2,
    "dss-l:1.1:what.2": 5,
    "dss-l:1.1:how.3": 5,
    "gxss-p:2.0:analyst": 1,
}


def build(world: World) -> None:
    for college, title, facts, end in REVISIONS:
        revise(world, college, title, facts, end)
    day = world.day(-90)
    with as_of(day, "13:10"):
        by = world.acting("shop", "manager", on=day)
        for key, people in TARGETS.items():
            set_skill_target(world.organisations["shop"], key=key, people=people, by=by)


def revise(world: World, college: str, title: str, facts: dict[str, Any], end: str) -> None:
    asked, answered = world.day(-5), world.day(-3)
    with as_of(asked, "10:20"):
        course = Course.objects.select_related("college").get(title=title)
        desk = world.acting(college, "coordinator", on=asked)
        revision = propose_revision(course, facts, by=desk)
    with as_of(answered, "11:40"):
        settle(world, CourseRevision.objects.select_related("course__college").get(pk=revision.pk), end, college)


def settle(world: World, revision: CourseRevision, end: str, college: str) -> None:
    day = world.day(-3)
    officer = world.acting("ward", "officer", on=day)
    if end == "accepted":
        accept_revision(revision, seen=fingerprint(lines_of(revision)), by=officer)
    elif end == "returned":
        return_revision(revision, reason=RETURNED_BECAUSE, by=officer)
    elif end == "taken_back":
        take_back_revision(revision, by=world.acting(college, "coordinator", on=day))
