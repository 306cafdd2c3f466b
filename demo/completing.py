"""How runs of the demo ended: the instructor's word, certificates (one taken back, one given anew), surveys, invoices."""

from datetime import date, timedelta
from random import Random

from courses.actions.billing.invoices import cancel_invoice, issue_invoice, mark_paid
from courses.actions.completion.certificates import reissue_certificate, revoke_certificate
from courses.actions.completion.completion import Word, decide_completion, give_words
from courses.actions.completion.surveys import answer_survey
from courses.models import Certificate, Enrolment, Run
from courses.queries.completion.completion import seated_in
from courses.states import EnrolmentState
from demo.clock import as_of
from demo.world import World

# Runs whose end is decided; the newest ones still wait for their coordinator.
DECIDED = """
    iot_closed raspi_decided capability_refused ai_claimed rpa_ready excel_past genai_past cad_past gx_past printer_past
    plc_past security_past
""".split()
FAILED = {"沢渡": "管理図は作れたが、抜取り検査の見直しまで届かなかった。次の回の二日目だけの受講を勧める。"}
PRAISE = "課題の装置を時間内に動かし、止まる理由を自分の言葉で説明できた。"
# Every third learner says nothing.
SILENT_EVERY = 3
COMMENTS = (
    "翌日から朝礼で数字を見るようになりました。",
    "手を動かす時間がもう少しほしかったです。",
    "",
    "自社の図面で試せたのがよかった。続きの講座があれば受けたい。",
)
# Run and firm; paid that many days after the issue, cancelled where that is None; 0 waits.
INVOICES: tuple[tuple[str, str, int | None], ...] = (
    ("iot_closed", "shop", 24),
    ("iot_closed", "precision", 30),
    ("raspi_decided", "precision", 21),
    ("printer_past", "shop", None),
    ("printer_past", "shop", 0),
    ("iot_over", "shop", 0),
    ("iot_over", "foods", 0),
    ("excel_past", "foods", 28),
)
DUE_DAYS = 30


def build(world: World) -> None:
    for key in DECIDED:
        run = world.runs[key]
        finish(world, run)
        answer(world, run)
    take_back(world)
    for key, firm, paid_after in INVOICES:
        invoice(world, world.runs[key], firm, paid_after=paid_after)


def ended_on(run: Run) -> date:
    last = run.lessons.order_by("starts_at").last()
    found = last.on if last else run.learn_until
    assert found
    return found


def finish(world: World, run: Run) -> None:
    day = ended_on(run)
    if run.course.needs_word:
        with as_of(day, "17:20"):
            words = [word(one) for one in seated_in(run)]
            give_words(run, words, by=world.acting_for(run.lessons.latest("starts_at").instructor, on=day))
    day += timedelta(days=1)
    with as_of(day, "10:30"):
        decide_completion(run, by=world.acting(world.key_of(run.course.college), "coordinator", on=day))


def word(enrolment: Enrolment) -> Word:
    failed = FAILED.get(enrolment.person.family_name)
    return Word(enrolment, has_passed=not failed, comment=failed or PRAISE)


def answer(world: World, run: Run) -> None:
    random = Random(run.code)
    over = run.enrolments.filter(state__in=[EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED]).order_by("pk")
    for number, enrolment in enumerate(over.select_related("person")):
        day = ended_on(run) + timedelta(days=2 + number)
        if number % SILENT_EVERY == SILENT_EVERY - 1 or day > world.today:
            continue
        with as_of(day, "20:10"):
            answer_survey(
                enrolment,
                satisfaction=random.choice((3, 4, 4, 5, 5)),
                usefulness=random.choice((3, 4, 5, 5)),
                difficulty=random.choice((2, 3, 3, 4)),
                comment=random.choice(COMMENTS),
                by=world.acting_for(enrolment.person, on=day),
            )


def take_back(world: World) -> None:
    """One certificate bore an old name and was given anew; another should never have been given."""
    day = world.day(-12)
    anew = certificate_of(world.runs["genai_past"], "綾瀬")
    with as_of(day, "11:15"):
        by = world.acting("university", "coordinator", on=day)
        reissue_certificate(anew, reason="氏名の漢字に誤りがあったため", by=by)
    wrong = certificate_of(world.runs["cad_past"], "花村")
    with as_of(day, "13:40"):
        reason = "別の受講者の出席が誤って記録されていたため"
        revoke_certificate(wrong, reason=reason, by=world.acting("centre", "coordinator", on=day))


def certificate_of(run: Run, family_name: str) -> Certificate:
    held = Certificate.objects.select_related("enrolment__run__course", "enrolment__employment__establishment")
    return held.get(enrolment__run=run, enrolment__person__family_name=family_name)


def invoice(world: World, run: Run, firm: str, *, paid_after: int | None) -> None:
    day = ended_on(run) + timedelta(days=3)
    key = world.key_of(run.course.college)
    with as_of(day, "15:00"):
        by = world.acting(key, "coordinator", on=day)
        made = issue_invoice(run, world.organisations[firm], due_on=day + timedelta(days=DUE_DAYS), by=by)
    if paid_after is None:
        with as_of(day, "16:30"):
            cancel_invoice(made, reason="教材費の記載が漏れていたため、出し直します。", by=by)
    elif paid_after:
        paid_on = day + timedelta(days=paid_after)
        with as_of(paid_on, "09:30"):
            mark_paid(made, paid_on=paid_on, by=world.acting(key, "coordinator", on=paid_on))
