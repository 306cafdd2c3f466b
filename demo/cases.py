"""Grant cases of the demo in every state, played through the real actions on the days of the story."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.actions.catalogue.lessons import change_lesson
from courses.actions.catalogue.timetable import LessonWish, Pause
from courses.models import Enrolment
from demo.clock import as_of
from demo.world import World
from firms.acting import Acting
from grants.actions.cases import drop_case, open_case
from grants.actions.claims import file_claim, freeze_claim, record_decision, record_payment
from grants.actions.deadlines import refresh
from grants.actions.exemptions import exempt
from grants.actions.papers import ask_for_papers
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.stated import state
from grants.actions.statements import StatedPlan, add_cost, answer, save_plan_facts
from grants.actions.steps import take_step
from grants.claims.assessment import assess_claim, name_of, open_requirements
from grants.models import GrantCase, OfficeStep, Stated
from grants.subjects import Training, trainings_for, trainings_open
from grants.subjects.confirming import items_of

Kind = OfficeStep.Kind
# Enough of a PDF for a file that says what it is.
TRANSFER_SLIP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
FILED_BEFORE = 48
SUPPORT = "hrd_support"
NOTICE: dict[str, object] = {
    **{"has_exam": False, "exam": "", "exam_on": None, "found_by": "searched", "found_note": ""},
    **{"is_reduction_offered": False, "has_material": False, "used_centre": False},
    **{"digital": "", "men": None, "women": None},
}
# No bank has this code.
ACCOUNT = {"bank": "（架空）東都銀行", "branch": "本店", "bank_code": "0000", "branch_code": "000"} | {
    "kind": "ordinary",
    "number": "0000000",
}
REFUSED_BECAUSE = "受講料の一部を連携校以外の第三者が負担していたため"


Step = Callable[["Story"], None]
Steps = tuple[Step, ...]


@dataclass
class Story:
    """One case and the hands it is in: the advisor of `office`, or the firm's manager where there is none."""

    world: World
    firm: str
    run: str
    office: str = ""
    scheme: str = ""
    case: GrantCase | None = None

    @property
    def entry(self) -> Training:
        """The menu that was chosen; by default the first that takes the course."""
        fitting = trainings_for(self.world.runs[self.run].course)
        return next((one for one in fitting if one.scheme == self.scheme), fitting[0])

    def acting(self, day: date) -> Acting:
        if self.office:
            return self.world.acting(self.office, "advisor", on=day)
        return self.world.acting(self.firm, "manager", on=day)

    @property
    def starts_on(self) -> date:
        run = self.world.runs[self.run]
        return run.learn_from or run.lessons.earliest("starts_at").on

    @property
    def ends_on(self) -> date:
        run = self.world.runs[self.run]
        return run.learn_until or run.lessons.latest("starts_at").on

    def opened(self) -> GrantCase:
        assert self.case
        return self.case


def build(world: World) -> None:
    planned: Steps = (opened, stated, frozen, filed)
    claimed_in_time: Steps = (*planned, paid, claimed)
    stories: list[tuple[Story, Steps]] = [
        (
            Story(world, "shop", "iot_closed", "office"),
            (*claimed_in_time, printed, out, partial(decide, days_ago=60), partial(receive, days_ago=38)),
        ),
        (Story(world, "precision", "raspi_decided", "office"), (*claimed_in_time, out, partial(decide, days_ago=9))),
        (Story(world, "sheet", "capability_refused", "office2"), (*claimed_in_time, out, partial(refuse, days_ago=20))),
        (Story(world, "large", "ai_claimed", "office"), (*claimed_in_time, out)),
        (Story(world, "precision", "rpa_ready", "office"), (*planned, paid, partial(claimed, days_ago=2), printed)),
        (Story(world, "shop", "iot_over", "office"), (*planned, paid, exempted)),
        (Story(world, "shop", "security_past", "office"), (*claimed_in_time, printed)),
        *after_filing(world, (*claimed_in_time, out)),
        (Story(world, "shop", "security_now", "office"), planned),
        (Story(world, "large", "raspi_now", "office"), planned),
        (Story(world, "shop", "plc_filed", "office"), (*planned, moved)),
        *of_another_menu(world, planned, claimed_in_time),
        (Story(world, "sheet", "ai_next"), (opened, stated, frozen)),
        (Story(world, "precision", "story", "office"), (opened,)),
        (Story(world, "foods", "excel_next"), (opened, drop)),
    ]
    for story, steps in stories:
        if takes_plans(story):
            play(story, steps)


def of_another_menu(world: World, planned: Steps, claimed_in_time: Steps) -> list[tuple[Story, Steps]]:
    """A craft is no subject of リスキリング: 人材育成訓練 pays for it, here paid out, about to be claimed and ahead."""
    paid_out: Steps = (*claimed_in_time, printed, out, partial(decide, days_ago=12), partial(receive, days_ago=3))
    return [
        (Story(world, "shop", "cad_past", "office", SUPPORT), paid_out),
        (Story(world, "precision", "cad_past", "office", SUPPORT), (*planned, paid)),
        (Story(world, "shop", "cad_next", "office", SUPPORT), (*planned, print_plan)),
    ]


def after_filing(world: World, steps: Steps) -> list[tuple[Story, Steps]]:
    """What may still pass with the labour office: papers asked for, a claim taken back, money asked back and repaid."""
    paid_out: Steps = (*steps, partial(decide, days_ago=58), partial(receive, days_ago=36))
    asked_back: Step = partial(
        step, kind=Kind.REPAY_ASKED, days_ago=22, due_in=30, note="返金を受けていたことが分かった"
    )
    return [
        (
            Story(world, "precision", "plc_past", "office"),
            (*steps, partial(step, kind=Kind.AMEND_ASKED, days_ago=6, due_in=14, note="出席の記録の写しの追加")),
        ),
        (
            Story(world, "large", "printer_past", "office"),
            (*steps, partial(step, kind=Kind.WITHDRAWN, days_ago=11, note="受講料の一部を親会社が負担していたため")),
        ),
        (
            Story(world, "precision", "iot_closed", "office"),
            (*paid_out, asked_back, partial(step, kind=Kind.REPAID, days_ago=5, note="全額を納めた")),
        ),
        (Story(world, "large", "plc_past", "office"), (*paid_out, asked_back)),
    ]


def step(story: Story, *, kind: str, days_ago: int, note: str, due_in: int | None = None) -> None:
    day, case = story.world.day(-days_ago), story.opened()
    has_amount = kind in (Kind.REPAY_ASKED, Kind.REPAID)
    with as_of(day, "13:30"):
        take_step(
            GrantCase.objects.get(pk=case.pk),
            kind,
            on=day,
            note=note,
            due_on=day + timedelta(days=due_in) if due_in else None,
            amount_yen=case.claims.latest("number").decision.amount_yen if has_amount else None,
            by=story.acting(day),
        )


def takes_plans(story: Story) -> bool:
    """A scheme that has closed takes no plan any more: a world made after that day has no such case to tell of."""
    return story.entry in trainings_open(before(story, FILED_BEFORE))


def play(story: Story, steps: Iterable[Callable[[Story], None]]) -> None:
    for step in steps:
        step(story)


def before(story: Story, days: int) -> date:
    """So many days before the training, but never after today: the story has no future."""
    return min(story.starts_on - timedelta(days=days), story.world.day(-1))


def opened(story: Story) -> None:
    day = before(story, 62)
    with as_of(day, "09:40"):
        place = story.world.establishments[story.firm]
        story.case = open_case(story.world.runs[story.run], place, entry=story.entry, by=story.acting(day))


def stated(story: Story) -> None:
    day = before(story, 55)
    with as_of(day, "10:10"):
        by, case = story.acting(day), story.opened()
        if story.entry.states:
            save_plan_facts(case, plan_facts(story), by=by)
        for declared in story.entry.questions:
            if declared.at_plan:
                answer(case, declared.code, value="yes", by=by)
        state(case, Stated.NOTICE, NOTICE, by=by)
    with as_of(day, "12:20"):
        # 様式第11号 is the firm's own word, whoever files the plan.
        items = [item.no for item in items_of(story.entry, story.entry.edition_on(day))]
        state(story.opened(), Stated.CONFIRMATION, {"items": items}, by=manager_of(story, day))


def manager_of(story: Story, day: date) -> Acting:
    return story.world.acting(story.firm, "manager", on=day)


def state_of_firm(story: Story, day: date) -> None:
    """What goes with a claim: said once by each firm, and by each case what is its own."""
    firm, by = story.world.establishments[story.firm].organisation, story.acting(day)
    fee = {"reason": "連携校が公開している料金表のとおり。", "is_same_without_grant": True, "fee_without_grant": None}
    houses = [
        {"name": place.name, "number": place.insurance_number, "employees": 0 if n else firm.regular_employees or 0}
        for n, place in enumerate(firm.establishments.order_by("pk"))
    ]
    head = {"name": firm.representative_name, "kana": "カクウ タロウ", "former_name": ""}
    director = {**head, "position": firm.representative_title, "born_on": "1962-04-18"}
    account = {**ACCOUNT, "holder": firm.name, "holder_kana": "カクウ"}
    for kind, facts in (
        (Stated.STANDING, {"refused": []}),
        (Stated.PRICE, fee),
        (Stated.HOUSES, {"rows": houses}),
        (Stated.DIRECTORS, {"rows": [director]}),
        (Stated.ACCOUNT, account),
    ):
        state(story.opened(), kind, facts, by=by)


def plan_facts(story: Story) -> StatedPlan:
    title = story.world.runs[story.run].course.title
    return StatedPlan(
        purpose="dx",
        from_on=story.starts_on - timedelta(days=30),
        to_on=story.starts_on + timedelta(days=700),
        business="",
        change="手書きの日報をやめ、設備と工程の記録をデータで残して段取りと見積もりに使う。",
        task_link=f"受講者は現場の改善を担当しており、「{title}」で学んだことをその日の記録と集計に使う。",
    )


def frozen(story: Story) -> None:
    day = before(story, 50)
    with as_of(day, "11:00"):
        freeze_plan(story.opened(), by=story.acting(day))


def filed(story: Story) -> None:
    day = before(story, FILED_BEFORE)
    with as_of(day, "15:30"):
        receipt = f"訓計R{day.year - 2018}-{story.opened().pk:04d}"
        file_plan(story.opened(), filed_on=day, receipt_number=receipt, channel="paper", by=story.acting(day))


def paid(story: Story) -> None:
    """The whole fee, before the claim; the slip waits for its check like any other."""
    day = story.starts_on - timedelta(days=7)
    people = Enrolment.objects.accepted().filter(
        run=story.world.runs[story.run], employment__establishment=story.world.establishments[story.firm]
    )
    slip = SimpleUploadedFile("振込受付書（デモ）.pdf", TRANSFER_SLIP, content_type="application/pdf")
    with as_of(day, "13:15"):
        add_cost(
            story.opened(),
            amount_yen=story.world.runs[story.run].price_yen * people.count(),
            paid_on=day,
            payer="firm",
            upload=slip,
            by=story.acting(day),
        )


def exempted(story: Story) -> None:
    """The college's 承諾書 is in the post; its copy was seen, and the claim need not wait for it."""
    day = story.world.day(-1)
    with as_of(day, "16:30"):
        exempt(
            story.opened(),
            code="provider_consented",
            reason="承諾書の写しを連携校のメールで確かめた。原本は郵送中。",
            expires_on=day + timedelta(days=14),
            by=story.acting(day),
        )


def claimed(story: Story, *, days_ago: int | None = None) -> None:
    day = story.world.day(-days_ago) if days_ago else story.ends_on + timedelta(days=20)
    with as_of(day, "09:20"):
        for declared in story.entry.questions:
            if declared.lasts or not declared.at_plan:
                answer(story.opened(), declared.code, value="yes", by=story.acting(day))
        state_of_firm(story, day)
    with as_of(day, "10:50"):
        case = story.opened()
        # They learn in the evening, as overtime they were told to do: the office has seen the record and says so.
        opens = open_requirements(assess_claim(case, day).outcome)
        despite = [name_of(one) for one in opens if one["code"] == "learned_in_hours"]
        freeze_claim(case, by=story.acting(day), despite=despite)


def printed(story: Story) -> None:
    """The worker makes the papers as soon as it runs."""
    frozen_at = story.opened().claims.latest("number").frozen_at
    day = timezone.localtime(frozen_at).date()
    with as_of(day, "11:20"):
        ask_for_papers(story.opened(), by=story.acting(day))


def print_plan(story: Story) -> None:
    day = before(story, FILED_BEFORE)
    with as_of(day, "16:10"):
        ask_for_papers(story.opened(), by=story.acting(day))


def moved(story: Story) -> None:
    """The last lesson begins an hour later than planned: the same day, so that no instructor is needed twice."""
    day, hour = story.world.day(-1), timedelta(hours=1)
    lesson = story.world.runs[story.run].lessons.latest("starts_at")
    pauses = tuple(Pause(one.starts_at, one.ends_at, one.is_meal) for one in lesson.breaks.all())
    wish = LessonWish(
        lesson.topic, lesson.starts_at + hour, lesson.ends_at + hour, lesson.room, lesson.instructor, pauses
    )
    with as_of(day, "15:00"):
        change_lesson(lesson, wish, by=story.world.acting("tech", "coordinator", on=day))
        refresh(story.opened(), by=None)


def out(story: Story) -> None:
    day = story.ends_on + timedelta(days=22)
    with as_of(day, "14:20"):
        receipt = f"支申R{day.year - 2018}-{story.opened().pk:04d}"
        file_claim(story.opened(), filed_on=day, receipt_number=receipt, channel="paper", by=story.acting(day))


def decide(story: Story, *, days_ago: int) -> None:
    day = story.world.day(-days_ago)
    claim = story.opened().claims.latest("number")
    with as_of(day, "16:00"):
        record_decision(
            story.opened(),
            decided_on=day,
            is_approved=True,
            amount_yen=claim.total_yen,
            notice_number=f"東労発（架空）第{claim.pk}号",
            reason="",
            by=story.acting(day),
        )


def refuse(story: Story, *, days_ago: int) -> None:
    day = story.world.day(-days_ago)
    with as_of(day, "16:10"):
        record_decision(
            story.opened(),
            decided_on=day,
            is_approved=False,
            amount_yen=0,
            notice_number=f"東労発（架空）第{story.opened().pk + 900}号",
            reason=REFUSED_BECAUSE,
            by=story.acting(day),
        )


def receive(story: Story, *, days_ago: int) -> None:
    day = story.world.day(-days_ago)
    amount = story.opened().claims.latest("number").decision.amount_yen
    with as_of(day, "10:00"):
        record_payment(story.opened(), paid_on=day, amount_yen=amount, by=story.acting(day))


def drop(story: Story) -> None:
    day = story.world.day(-1)
    with as_of(day, "17:00"):
        drop_case(story.opened(), reason="受注が重なり、受講を次の回に延ばすため", by=story.acting(day))
