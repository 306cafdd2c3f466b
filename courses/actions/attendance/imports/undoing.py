"""Taking a whole file back: every mark of it is answered by a row that names it, and what stood before stands again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.actions.attendance.imports.looking import acting_of, payload_of
from courses.actions.attendance.imports.pouring import NewMark, pour
from courses.actions.attendance.imports.writing import locked
from courses.actions.attendance.marking import lock_runs
from courses.models import AttendanceImport, AttendanceMark, Enrolment, Lesson
from courses.states import ImportState
from firms.acting import Acting
from firms.journal import move
from firms.models import Job
from firms.post.jobs import enqueue, finishing, report
from firms.words.saying import said as _

UNDO_JOB = "courses.import_undo"
UNDER_WAY = (ImportState.UNDOING, ImportState.UNDONE)
# Names of people whose marks stay; the count tells the rest.
KEPT_SHOWN = 200


@dataclass(frozen=True)
class Chain:
    """What one file wrote of one person in one lesson: its first mark and its last, which may be one.

    `is_corrected`: somebody's word came after the file's, and is not taken away with it.
    """

    first: AttendanceMark
    last: AttendanceMark
    is_corrected: bool


@transaction.atomic
def take_back(batch: AttendanceImport, *, by: Acting) -> AttendanceImport:
    """Asks for it; pressed twice is once."""
    batch = locked(batch)
    if batch.state in UNDER_WAY:
        return batch
    job = enqueue(UNDO_JOB, payload_of(batch, by))
    move(
        batch,
        ImportState.UNDOING,
        by=by,
        verb="import.ask_undo",
        concerns=batch.college_id,
        found={**batch.found, "job": job.pk, "told": ""},
    )
    return batch


def undo_import(job: Job) -> None:
    """Every mark of the file in one transaction; those somebody corrected later stay and are named."""
    batch = AttendanceImport.objects.get(pk=job.payload["import"])
    if batch.state != ImportState.UNDOING:
        return
    by = acting_of(job.payload)
    report(job, done=0, total=batch.written_count)
    with finishing(job):
        batch = locked(batch)
        if batch.state != ImportState.UNDOING:
            return
        lock_runs(batch.found["runs"])
        chains = chains_of(batch)
        kept = [chain for chain in chains if chain.is_corrected]
        reason = _("取込み「%(name)s」の取消し") % {"name": batch.name[:100]}
        marks = [
            given_back(chain, batch, reason) for chain in chains if not chain.is_corrected and not chain.last.is_void
        ]
        pour(marks, batch=batch, verb="import.take_back", by=by)
        end(batch, kept, taken_back=len(marks), by=by)


def given_back(chain: Chain, batch: AttendanceImport, reason: str) -> NewMark:
    """What stood before the file stands again, or nothing does."""
    earlier = chain.first.corrects
    if earlier is None or earlier.is_void:
        return NewMark(
            enrolment=chain.first.enrolment,
            lesson_id=chain.first.lesson_id,
            came_at=None,
            left_at=None,
            minutes=0,
            source=chain.last.source,
            batch_id=batch.pk,
            corrects_id=chain.last.pk,
            reason=reason,
            is_void=True,
        )
    return NewMark(
        enrolment=chain.first.enrolment,
        lesson_id=chain.first.lesson_id,
        came_at=earlier.came_at,
        left_at=earlier.left_at,
        gaps=earlier.gaps,
        minutes=earlier.minutes,
        source=earlier.source,
        batch_id=earlier.batch_id,
        corrects_id=chain.last.pk,
        reason=reason,
        signature_id=earlier.signature_id,
    )


def end(batch: AttendanceImport, kept: list[Chain], *, taken_back: int, by: Acting) -> None:
    """Taken back, or as it was where nothing could be."""
    names = [f"{chain.first.enrolment.person.full_name}（{chain.first.lesson}）" for chain in kept[:KEPT_SHOWN]]
    found = {**batch.found, "kept": names, "kept_count": len(kept), "taken_back": taken_back}
    if kept and not taken_back:
        found["told"] = _("すべての記録があとから訂正されているため、取り消せる記録がありませんでした。")
        move(
            batch,
            ImportState.WRITTEN,
            by=by,
            verb="import.refuse_undo",
            concerns=batch.college_id,
            told={"kept": len(kept)},
            found=found,
        )
        return
    move(
        batch,
        ImportState.UNDONE,
        by=by,
        verb="import.undo",
        concerns=batch.college_id,
        told={"rows": taken_back, "kept": len(kept)},
        found=found,
        undone_at=timezone.now(),
    )


def chains_of(batch: AttendanceImport) -> list[Chain]:
    """By person and lesson. A file corrected by another that was taken back has two marks in one chain."""
    own = list(AttendanceMark.objects.filter(batch=batch).select_related("corrects").order_by("pk"))
    corrected = set(AttendanceMark.objects.filter(corrects__batch=batch).values_list("corrects", flat=True))
    dress(own, runs=batch.found["runs"])
    first: dict[tuple[int, int], AttendanceMark] = {}
    last: dict[tuple[int, int], AttendanceMark] = {}
    for mark in own:
        key = (mark.enrolment_id, mark.lesson_id)
        first.setdefault(key, mark)
        last[key] = mark
    return [Chain(mark, last[key], last[key].pk in corrected) for key, mark in first.items()]


def dress(marks: list[AttendanceMark], *, runs: list[int]) -> None:
    """Gives each mark its person and lesson, each read once however many marks there are."""
    people = Enrolment.objects.filter(run__in=runs).select_related("person", "employment__establishment")
    enrolments = {one.pk: one for one in people}
    lessons = {one.pk: one for one in Lesson.objects.filter(run__in=runs).select_related("run")}
    for mark in marks:
        mark.enrolment, mark.lesson = enrolments[mark.enrolment_id], lessons[mark.lesson_id]
