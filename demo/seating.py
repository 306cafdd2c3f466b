"""How seats are given in the demo: a lottery drawn, people chosen, seats reserved, and an offer that waits for an answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count

from courses.actions.seats.choosing import decide
from courses.actions.seats.enrolments import cancel_enrolment
from courses.actions.seats.lottery import draw_lottery, ranked
from courses.actions.seats.messages import write_to_run
from courses.actions.seats.quotas import name_people, reserve_seats
from courses.models import Enrolment, Run
from courses.states import EnrolmentState
from demo.clock import as_of
from demo.world import World

# Firm and family name; the first six win, the seventh is offered the seat the first gives back.
DRAWN = (
    ("large", "滝沢"), ("precision", "真鍋"), ("foods", "牧瀬"), ("software", "綾瀬"), ("large", "入江"), ("sheet", "吉祥"),
    ("shop", "矢口"), ("precision", "佐伯"), ("foods", "土岐"),
)  # fmt: skip
MOTIVES = {
    ("software", "天野"): "顧客の工場へ保守回線を引く仕事が増え、機器のつながりを説明できるようになりたい。",
    ("shop", "鵜木"): "検査機を社内の回線につないだが、守り方が分からず止めている。動かせるようにしたい。",
    ("software", "三雲"): "納めた仕組みの先にある制御機器まで含めて、安全な構成を提案したい。",
    ("precision", "花村"): "設備の更新に合わせて、外から見られないつなぎ方を決めたい。",
    ("large", "滝沢"): "興味があるため。",
}
CHOSEN = {
    EnrolmentState.ACCEPTED: ("天野",),
    EnrolmentState.WAITLISTED: ("花村",),
    EnrolmentState.REJECTED: ("滝沢",),
}
# Run, firm, seats reserved, and who is named so far.
QUOTAS = (("rpa_next", "precision", 3, ("堤",)), ("capability_next", "shop", 2, ("馬込",)))

# Run, how many days before its second lesson, and what the college wrote.
WRITTEN = (
    ("raspi_now", 3, "次回の持ち物について", "停止を記録したい設備の写真を1枚お持ちください。スマートフォンで撮ったもので足ります。"),
    ("iot_over", 2, "教室が変わります", "次回は工事のため、実習室Bで行います。開始の時刻は変わりません。"),
)  # fmt: skip


def build(world: World) -> None:
    lottery(world)
    choice(world)
    for key, before, subject, text in WRITTEN:
        write(world, world.runs[key], before, subject, text)
    for key, firm, seats, names in QUOTAS:
        quota(world, key, firm, seats, names)


def write(world: World, run: Run, before: int, subject: str, text: str) -> None:
    day = run.lessons.get(number=2).on - timedelta(days=before)
    with as_of(day, "11:30"):
        write_to_run(
            run, subject=subject, text=text, by=world.acting(world.key_of(run.course.college), "coordinator", on=day)
        )


def lottery(world: World) -> None:
    run = world.runs["decarbon_next"]
    applied = apply(world, run, DRAWN, on=run.apply_until - timedelta(days=3))
    day = run.apply_until + timedelta(days=2)
    with as_of(day, "10:00"):
        draw_lottery(run, by=world.acting("university", "coordinator", on=day), seed=seed_for(applied))
    day = world.day(-1)
    with as_of(day, "16:20"):
        cancel_enrolment(applied[0], by=world.acting(DRAWN[0][0], "manager", on=day))


def seed_for(applied: list[Enrolment]) -> str:
    """A seed by which those win whom the story wants, whatever numbers their applications have in this database."""
    numbers = [one.pk for one in applied]
    winners, next_one = set(numbers[:6]), numbers[6]
    for n in count():
        order = ranked(f"demo-{n}", numbers)
        if set(order[:6]) == winners and order[6] == next_one:
            return f"demo-{n}"
    raise AssertionError("every order comes up some time")


def apply(world: World, run: Run, people: Iterable[tuple[str, str]], *, on: date) -> list[Enrolment]:
    with as_of(on, "11:10"):
        return [
            Enrolment.objects.create(
                run=run,
                person=world.employments[firm, name].person,
                employment=world.employments[firm, name],
                state=EnrolmentState.APPLIED,
                motive=MOTIVES.get((firm, name), "") if run.selection == "choice" else "",
                applied_by=world.first(firm, "manager").person,
            )
            for firm, name in people
        ]


def choice(world: World) -> None:
    run, day = world.runs["ot_next"], world.day(-2)
    applied = apply(world, run, MOTIVES, on=world.day(-9))
    by = world.acting("university", "coordinator", on=day)
    with as_of(day, "14:40"):
        for state, names in CHOSEN.items():
            decide(run, [one for one in applied if one.person.family_name in names], state, by=by)


def quota(world: World, key: str, firm: str, seats: int, names: tuple[str, ...]) -> None:
    run = world.runs[key]
    with as_of(world.day(-6), "09:50"):
        by = world.acting(firm, "manager", on=world.day(-6))
        held = reserve_seats(run, seats, name_until=run.apply_until - timedelta(days=5), by=by)
    with as_of(world.day(-4), "15:20"):
        by = world.acting(firm, "manager", on=world.day(-4))
        name_people(held, [world.employments[firm, name] for name in names], by=by)
