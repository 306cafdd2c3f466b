"""Skill manuals of the demo in every state, watched and questioned, and the ward's subsidies from draft to payment."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.clock import as_of
from demo.mentoring import PDF, check_waiting
from demo.world import HERE, World, read
from firms.acting import Acting
from firms.film import chapters
from firms.film.captions import from_typed
from firms.film.chapters import clock
from firms.models import Job, Person
from firms.post.jobs import claim, work
from firms.rules.calendar import fiscal_year
from mentors.actions.manuals.approving import (
    answer_approval,
    hand_in_manual,
    name_approvers,
    publish_manual,
    withdraw_manual,
)
from mentors.actions.manuals.films import take_whole, tell_length
from mentors.actions.manuals.people import agree, name_appearance, say_nobody, take_back
from mentors.actions.manuals.sharing import share_with, show_to
from mentors.actions.manuals.watching import answer_questions, watch_manual
from mentors.actions.manuals.writing import (
    add_question,
    add_step,
    begin_manual,
    begin_version,
    mark_drawing,
    write_captions,
    write_chapters,
    write_facts,
)
from mentors.actions.subsidies.asking import (
    apply_subsidy,
    begin_subsidy,
    prove_subsidy,
    report_subsidy,
    withdraw_subsidy,
)
from mentors.actions.subsidies.deciding import decide_subsidy, fix_subsidy, pay_subsidy, refuse_subsidy
from mentors.models import ManualVersion, SkillManual, Subsidy
from mentors.models.manuals.people import Way
from mentors.queries.manuals import asked_now, turn_of
from mentors.states import ManualState

Seed = dict[str, Any]
BEGUN_DAYS, REVISED_DAYS, WATCHED_DAYS, LATE_DAYS = -200, -60, -20, -4
FACTS = ("title", "machine", "method", "summary")
MARCH = 3


def build(world: World) -> None:
    seeds = read("manuals.toml")
    for number, seed in enumerate(seeds["manual"]):
        is_late = seed["end"] in ("reviewing", "draft", "approved")
        make(world, seed, day=world.day(LATE_DAYS - number if is_late else BEGUN_DAYS + number))
    for number, line in enumerate(seeds["subsidies"]["lines"]):
        support(world, line, number)


def make(world: World, seed: Seed, *, day: date) -> None:
    """Written by the firm's manager, approved by an employee and, where the occupation has one, by the マイスター."""
    keeper = world.acting(seed["firm"], "manager", on=day)
    with as_of(day, "10:10"):
        manual = write(world, seed, by=keeper)
    if seed["end"] == "draft":
        return
    with as_of(day, "15:00"):
        people = approvers(world, seed)
        name_approvers(manual, people, by=keeper)
        hand_in_manual(manual, by=keeper)
    approve(world, manual, people[: 1 if seed["end"] == "reviewing" else None], day=day + timedelta(days=1))
    FINISH[seed["end"]](world, seed, manual, day + timedelta(days=2))


def write(world: World, seed: Seed, *, by: Acting) -> SkillManual:
    firm = world.organisations[seed["firm"]]
    facts = {name: seed[name] for name in FACTS} | {"also": seed.get("also", "")}
    manual = begin_manual(firm=firm, by=by, occupation=seed["occupation"], **facts)
    if "film" in seed:
        send_film(manual, seed, by=by)
    for line in seed["steps"]:
        second, title, text, caution = line.split("|")
        add_step(manual, by=by, at=int(second), title=title, text=text, caution=caution)
    lines = [line.split("|") for line in seed["captions"]]
    write_captions(manual, from_typed("\n".join(f"{clock(int(at_))} {words}" for at_, words in lines)), by=by)
    write_chapters(manual, chapters.read("\n".join(seed.get("chapters", []))), by=by)
    for line in seed.get("questions", []):
        ask(manual, line, by=by)
    show(world, manual, seed, by=by)
    return manual


def send_film(manual: SkillManual, seed: Seed, *, by: Acting) -> None:
    """As a browser sends it, and the worker joins it a moment later."""
    content = (HERE / "films" / f"{seed['film']}.webm").read_bytes()
    film = take_whole(manual, SimpleUploadedFile(f"{seed['title']}.webm", content), by=by)
    for pk in Job.objects.filter(kind="join_film", state="waiting").values_list("pk", flat=True):
        if job := claim(pk):
            work(job)
    film.refresh_from_db()
    if not film.duration_seconds:
        tell_length(film, seconds=seed["seconds"], by=by)


def ask(manual: SkillManual, line: str, *, by: Acting) -> None:
    text, *choices, second = line.split("|")
    told = [{"text": one.removesuffix("*"), "is_right": one.endswith("*")} for one in choices]
    add_question(manual, text=text, choices=told, explanation="", at=int(second), by=by)


def show(world: World, manual: SkillManual, seed: Seed, *, by: Acting) -> None:
    """To whom, and who is in the picture."""
    show_to(manual, visibility=seed.get("visibility", "firm"), by=by)
    for key in seed.get("shares", []):
        share_with(manual, number=world.organisations[key].corporate_number or "", by=by)
    if "appears" in seed:
        person = world.first(seed["firm"], seed["appears"]).person
        appearance = name_appearance(manual, name="", email="", person=person, by=by)
        own = world.acting(seed["firm"], seed["appears"], on=by.today)
        agree(appearance, shown_to=seed.get("visibility", "firm"), way=Way.PAGE, by=own)
    elif "guest" in seed:
        name_appearance(manual, name=seed["guest"], email="guest@demo.example", person=None, by=by)
    else:
        say_nobody(manual, by=by)
    if "drawing" in seed:
        second, what, owner, permission = seed["drawing"].split("|")
        mark_drawing(manual, what=what, owner_name=owner, permission=permission, at=int(second), by=by)


def approvers(world: World, seed: Seed) -> list[Person]:
    """Two in order; at the machine shop the second is whoever signs in as the employee of the demo."""
    employees = [member.person for member in world.members[seed["firm"]] if member.role == "employee"]
    return [employees[1], employees[0]]


def approve(world: World, manual: SkillManual, people: list[Person], *, day: date) -> None:
    version = manual.versions.get(state=ManualState.REVIEWING)
    for number, person in enumerate(people):
        with as_of(day, f"{11 + number}:20"):
            asked = turn_of(asked_now(version))
            assert asked
            answer_approval(asked, verdict="approve", reason="", by=world.acting_for(person, on=day))


def publish(world: World, seed: Seed, manual: SkillManual, day: date) -> None:
    with as_of(day, "09:00"):
        keeper = world.acting(seed["firm"], "manager", on=day)
        for appearance in manual.appearances.filter(consents=None):
            agree(appearance, shown_to="firm", way=Way.PAPER, by=keeper)
        publish_manual(manual, by=keeper)


def revise(world: World, seed: Seed, manual: SkillManual, day: date) -> None:
    """A second version with one more step is published and watched; a third is being written."""
    publish(world, seed, manual, day)
    day = world.day(REVISED_DAYS)
    keeper = world.acting(seed["firm"], "manager", on=day)
    with as_of(day, "10:00"):
        begin_version(manual, by=keeper)
        add_step(manual, by=keeper, at=22, title="ねじ山の面を取る", text="0.5ミリの面を取って終わります。", caution="")
        hand_in_manual(manual, by=keeper)
    approve(world, manual, approvers(world, seed), day=day + timedelta(days=1))
    publish(world, seed, manual, day + timedelta(days=2))
    watch(world, seed, manual)
    day = world.day(LATE_DAYS)
    with as_of(day, "16:00"):
        keeper = world.acting(seed["firm"], "manager", on=day)
        begin_version(manual, by=keeper)
        facts = {name: seed[name] for name in FACTS} | {"also": seed["also"]}
        facts["summary"] = f"{seed['summary']}超硬のチップを使うときの回転数も加えます。"
        write_facts(manual, by=keeper, occupation=seed["occupation"], **facts)


def watch(world: World, seed: Seed, manual: SkillManual) -> None:
    """One employee sees all of it and passes, another a part and does not."""
    day = world.day(WATCHED_DAYS)
    version = ManualVersion.objects.get(manual=manual, state=ManualState.PUBLISHED)
    employees = [member for member in world.members[seed["firm"]] if member.role == "employee"][:2]
    for number, member in enumerate(employees):
        acting = world.acting_for(member.person, on=day)
        with as_of(day, f"{12 + number}:10"):
            watch_manual(version, start=0, end=24 - 14 * number, at=timezone.now(), by=acting)
            wrong = {one.pk: [number] for one in version.questions.all()}
            answer_questions(version, wrong, by=acting)


def take_down(world: World, seed: Seed, manual: SkillManual, day: date) -> None:
    publish(world, seed, manual, day)
    day = world.day(LATE_DAYS)
    with as_of(day, "13:30"):
        keeper = world.acting(seed["firm"], "manager", on=day)
        take_back(manual.appearances.get(), because="本人から申出があったため", by=keeper)


def withdraw(world: World, seed: Seed, manual: SkillManual, day: date) -> None:
    publish(world, seed, manual, day)
    day = world.day(REVISED_DAYS)
    with as_of(day, "11:00"):
        withdraw_manual(manual, because=seed["because"], by=world.acting(seed["firm"], "manager", on=day))


def wait(world: World, seed: Seed, manual: SkillManual, day: date) -> None:
    """It stands where the approvers have left it."""


FINISH: dict[str, Callable[[World, Seed, SkillManual, date], None]] = {
    "published": publish,
    "revised": revise,
    "down": take_down,
    "withdrawn": withdraw,
    "approved": wait,
    "reviewing": wait,
}


# --- subsidies ---

# The days of a case, before today: applied, decided, reported, fixed, paid.
APPLIED_DAYS, DECIDED_DAYS, REPORTED_DAYS, FIXED_DAYS, PAID_DAYS = -40, -33, -14, -7, -3
PLANNED_DAYS = 60
REASONS = {
    "refused": "区外での採用活動の費用で、助成の対象にならないため",
    "withdrawn": "自社の費用で作ることにしたため",
}
REACHED = ("decided", "reported", "fixed", "paid")


def support(world: World, line: str, number: int) -> None:
    """As far as the line says; each applies in turn, so that the order of arrival is that of the lines."""
    aim, firm, title, plan, cost, end = line.split("|")
    day = world.day(APPLIED_DAYS)
    with as_of(day, f"{9 + number:02}:15"):
        by = world.acting(firm, "manager", on=day)
        facts = {"title": title, "plan": plan, "cost_yen": int(cost), "finish_on": planned_end(day)}
        made = begin_subsidy(firm=world.organisations[firm], ward=world.organisations["ward"], aim=aim, by=by, **facts)
        if end == "draft":
            return
        apply_subsidy(made, by=by)
    if end in REASONS:
        say_no(world, made, firm, end)
    if end in REACHED:
        go_on(world, made, firm, end)


def planned_end(day: date) -> date:
    """Within the fiscal year of the application."""
    return min(day + timedelta(days=PLANNED_DAYS), date(fiscal_year(day) + 1, MARCH, 31))


def say_no(world: World, made: Subsidy, firm: str, end: str) -> None:
    day = world.day(DECIDED_DAYS)
    with as_of(day, "16:00"):
        if end == "refused":
            refuse_subsidy(made, because=REASONS[end], by=world.acting("ward", "officer", on=day))
        else:
            withdraw_subsidy(made, because=REASONS[end], by=world.acting(firm, "manager", on=day))


def go_on(world: World, made: Subsidy, firm: str, end: str) -> None:
    steps = {
        "decided": (DECIDED_DAYS, lambda day: decide_subsidy(made, by=world.acting("ward", "officer", on=day))),
        "reported": (REPORTED_DAYS, lambda day: report(world, made, firm, day)),
        "fixed": (FIXED_DAYS, lambda day: fix_subsidy(fresh(made), by=world.acting("ward", "officer", on=day))),
        "paid": (PAID_DAYS, lambda day: pay(world, made, day)),
    }
    for name, (offset, act) in steps.items():
        day = world.day(offset)
        with as_of(day, "14:20"):
            act(day)
        if name == end:
            return


def fresh(made: Subsidy) -> Subsidy:
    return Subsidy.objects.select_related("firm", "ward").get(pk=made.pk)


def report(world: World, made: Subsidy, firm: str, day: date) -> None:
    by = world.acting(firm, "manager", on=day)
    prove_subsidy(made, SimpleUploadedFile("領収書（架空）.pdf", PDF + firm.encode()), by=by)
    check_waiting()
    shown = SkillManual.objects.filter(firm=made.firm, versions__state=ManualState.PUBLISHED).distinct()
    report_subsidy(
        fresh(made),
        finished_on=day,
        spent_yen=made.cost_yen - made.cost_yen // 20,
        result="予定した作業を撮り終え、現場の端末から見られるようにしました。",
        manuals=list(shown) if made.aim == "archive" else [],
        by=by,
    )


def pay(world: World, made: Subsidy, day: date) -> None:
    pay_subsidy(fresh(made), paid_on=day, by=world.acting("ward", "officer", on=day))
