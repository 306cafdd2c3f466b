"""The end of a run: the instructor's word, and who completed, decided for all at once and again when records change."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from courses.actions.completion.certificates import revoke_certificate, run_facts, write_certificate
from courses.actions.seats.seats import locked_run
from courses.actions.telling import firm_of, tell_managers
from courses.models import Enrolment, InstructorWord, Run
from courses.queries.completion.completion import Completion, completions_of, newest_words, seated_in
from courses.shapes import RunFacts
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.post.notify import notify
from firms.words.saying import said as _

NAMES_SHOWN = 3
VERBS = {EnrolmentState.COMPLETED: "completion.decide", EnrolmentState.NOT_COMPLETED: "completion.decide_not"}


@dataclass(frozen=True)
class Word:
    """What an instructor says of one person."""

    enrolment: Enrolment
    has_passed: bool
    comment: str = ""


@transaction.atomic
def give_words(run: Run, words: Collection[Word], *, by: Acting) -> list[InstructorWord]:
    """Only what differs from the newest word is written; the earlier ones stay."""
    run = locked_run(run)
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講では判定できません。"))
    seated = set(seated_in(run).values_list("pk", flat=True))
    if any(word.enrolment.pk not in seated for word in words):
        raise Refused(_("受講していない人が入っています。画面を開き直してください。"))
    newest = newest_words([word.enrolment for word in words])
    fresh = [word for word in words if says_something_new(word, newest.get(word.enrolment.pk))]
    written = InstructorWord.objects.bulk_create(
        InstructorWord(
            enrolment=word.enrolment, has_passed=word.has_passed, comment=word.comment.strip(), given_by=by.person
        )
        for word in fresh
    )
    if written:
        told = [{"learner": one.enrolment.person.full_name, "has_passed": one.has_passed} for one in written]
        record(run, "completion.give_word", by=by, concerns=run.course.college_id, words=told)
    return written


def says_something_new(word: Word, newest: InstructorWord | None) -> bool:
    return newest is None or (newest.has_passed, newest.comment) != (word.has_passed, word.comment.strip())


@transaction.atomic
def decide_completion(run: Run, *, by: Acting) -> list[Enrolment]:
    """Everybody or nobody; answers with those whose state changed, so a second click changes nothing.

    Under the run's lock, which whoever marks attendance or gives a word holds too. Those who complete get their
    certificate; those who no longer do lose it.
    """
    run = locked_run(run)
    rows = completions_of(run, seated_in(run), on=by.today)
    guard_over(run, by=by)
    guard_known(rows)
    changed = [row for row in rows if row.enrolment.state != row.outcome]
    if changed:
        about = run_facts(run)
        for row in changed:
            settle(row, about, by=by)
    announce(run, changed, by=by)
    return [row.enrolment for row in changed]


def guard_over(run: Run, *, by: Acting) -> None:
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講では、修了を決められません。"))
    last = max((lesson.on for lesson in run.lessons.all()), default=None) or run.learn_until
    if last is None:
        raise Refused(_("コマも学習期間もない開講です。先に登録してください。"))
    if by.today < last:
        raise Refused(
            _("修了は、最後の日（%(month)s月%(day)s日）から決められます。") % {"month": last.month, "day": last.day}
        )


def guard_known(rows: list[Completion]) -> None:
    """Nobody is decided on a guess: the sentence names who and what is missing."""
    if not rows:
        raise Refused(_("受講が決まった人がいません。"))
    if not rows[0].learned.planned and any(row.enrolment.terms.needed_percent for row in rows):
        raise Refused(_("コマも教材もないため、時間を計れません。コマか教材を登録してください。"))
    missing = [missing_of(row) for row in rows if not row.is_decidable]
    if missing:
        shown = "、".join(missing[:NAMES_SHOWN])
        more = len(missing) - NAMES_SHOWN
        told = shown if more <= 0 else _("%(shown)s、ほか%(more)s人") % {"shown": shown, "more": more}
        raise Refused(
            _("まだ決められません。足りないもの: %(told)s。記録してから、もう一度押してください。") % {"told": told}
        )


def missing_of(row: Completion) -> str:
    unmarked = [_("第%(number)s回の出席") % {"number": lesson.number} for lesson in row.unmarked]
    others = [one.label for one in row.requirements if one.standing == "unknown" and not row.unmarked]
    return _("%(name)sさんの%(what)s") % {
        "name": row.enrolment.person.full_name,
        "what": "・".join([*unmarked, *others]),
    }


def settle(row: Completion, about: RunFacts, *, by: Acting) -> None:
    enrolment, outcome = row.enrolment, row.outcome
    failed = [f"{one.label}: {one.because}" for one in row.requirements if one.standing == "unmet"]
    told = {"learner": enrolment.person.full_name, "lacking": failed}
    move(enrolment, outcome, by=by, verb=VERBS[outcome], concerns=firm_of(enrolment), told=told)
    if outcome == EnrolmentState.COMPLETED:
        write_certificate(enrolment, about, attended=row.learned.attended, by=by)
    elif row.certificate and row.certificate.is_valid:
        # The reason is public, so it names the conditions alone and no minutes.
        labels = "、".join(one.label for one in row.requirements if one.standing == "unmet")
        reason = _("記録の訂正により、修了の条件（%(labels)s）を満たさなくなったため") % {"labels": labels}
        revoke_certificate(row.certificate, reason=reason, by=by)
    tell_learner(enrolment, failed)


def tell_learner(enrolment: Enrolment, failed: list[str]) -> None:
    """The link leads to the survey, where the certificate stands on top."""
    told = {"run": enrolment.run}
    is_completed = enrolment.state == EnrolmentState.COMPLETED
    subject = _("修了しました: %(run)s") if is_completed else _("修了になりませんでした: %(run)s")
    body = _("修了証を発行しました。「自分の修了証」から受け取れます。よろしければ、1分のアンケートにお答えください。")
    if not is_completed:
        body = "\n".join([_("足りなかったもの:"), *failed, _("よろしければ、1分のアンケートにお答えください。")])
    notify(
        enrolment.person,
        subject=subject % told,
        body=body,
        path=reverse("courses:survey", args=[enrolment.pk]),
        organisation=firm_of(enrolment),
    )


def announce(run: Run, changed: list[Completion], *, by: Acting) -> None:
    """One letter for each firm, with its own people alone."""
    by_firm: dict[Organisation, list[str]] = {}
    for row in changed:
        if firm := firm_of(row.enrolment):
            line = f"{row.enrolment.person.full_name}: {row.enrolment.get_state_display()}"
            by_firm.setdefault(firm, []).append(line)
    for firm, lines in by_firm.items():
        tell_managers(firm, run, subject=_("修了の結果: %(run)s") % {"run": run}, body="\n".join(lines), by=by)
