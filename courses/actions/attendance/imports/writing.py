"""Writing what was looked at: asked for by a person, done by a job in one transaction, or sent back to be looked at again."""

from django.db import transaction
from django.utils import timezone

from courses.actions.attendance.imports.looking import acting_of, contents_of, payload_of, plan_of
from courses.actions.attendance.imports.pouring import REASON_LENGTH, new_marks, pour
from courses.actions.attendance.imports.reading import found_in
from courses.actions.attendance.marking import lock_runs
from courses.models import AttendanceImport
from courses.states import ImportState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.models import Job
from firms.post.jobs import enqueue, finishing, report
from firms.words.saying import said as _

WRITE_JOB = "courses.import_write"
UNDER_WAY = (ImportState.WRITING, ImportState.WRITTEN)


@transaction.atomic
def write_whole(batch: AttendanceImport, *, seen: str, reason: str, by: Acting) -> AttendanceImport:
    """Every row of the file; refused while there is one that cannot be taken."""
    batch = locked(batch)
    if batch.state == ImportState.READY and batch.refused_count:
        raise Refused(
            _(
                "取り込めない行が%(n)s行あります。ファイルを直して取り込み直すか、「取り込めない行を除いて書き込む」を選んでください。"
            )
            % {"n": batch.refused_count}
        )
    return ask(batch, seen=seen, reason=reason, by=by)


@transaction.atomic
def write_without_refused(batch: AttendanceImport, *, seen: str, reason: str, by: Acting) -> AttendanceImport:
    """What can be taken, the college having decided to leave out the rest."""
    return ask(locked(batch), seen=seen, reason=reason, by=by)


def locked(batch: AttendanceImport) -> AttendanceImport:
    return AttendanceImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def ask(batch: AttendanceImport, *, seen: str, reason: str, by: Acting) -> AttendanceImport:
    """Pressed twice is once."""
    if batch.state in UNDER_WAY:
        return batch
    counts = batch.found.get("counts", {})
    if batch.state == ImportState.READY:
        if batch.found.get("seen") != seen:
            raise Refused(_("読み取った結果が変わりました。下の内容をもう一度確かめてください。"))
        if not counts["new"] and not counts["changed"]:
            raise Refused(_("書き込む行がありません。"))
        if counts["changed"] and not reason.strip():
            raise Refused(_("前の記録を直す行があります。訂正の理由を書いてください。"), field="reason")
    told = {"left_out": batch.refused_count, **counts}
    job = enqueue(WRITE_JOB, payload_of(batch, by, seen=seen, reason=reason.strip()[:REASON_LENGTH]))
    found = {**batch.found, "job": job.pk, "told": ""}
    move(
        batch,
        ImportState.WRITING,
        by=by,
        verb="import.ask",
        concerns=batch.college_id,
        told=told,
        found=found,
    )
    return batch


def write_import(job: Job) -> None:
    """All marks of the file or none. What changed since it was looked at sends it back to be looked at again."""
    batch = AttendanceImport.objects.select_related("file", "lesson").get(pk=job.payload["import"])
    if batch.state != ImportState.WRITING:
        return
    by = acting_of(job.payload)
    contents = contents_of(batch)
    report(job, done=0, total=batch.row_count)
    with finishing(job):
        batch = AttendanceImport.objects.select_for_update(of=("self",)).select_related("lesson").get(pk=batch.pk)
        if batch.state != ImportState.WRITING:
            return
        lock_runs(batch.found["runs"])
        assigned = batch.found.get("assigned")
        plan, runs = plan_of(batch, contents, by=by, assigned=assigned)
        if plan.fingerprint != job.payload["seen"]:
            told = _(
                "読み取ったあとで、出席の記録や開講が変わりました。まだ何も書き込んでいません。もう一度確かめてください。"
            )
            more = {"told": told, "job": job.pk} | ({"assigned": assigned} if assigned else {})
            found = found_in(plan, contents, runs=runs, **more)
            back_to_ready(batch, found, refused=len(plan.refused), by=by)
            return
        written = list(new_marks(plan.drafts, batch=batch, reason=job.payload["reason"]))
        pour(written, batch=batch, verb="import.mark", by=by)
        move(
            batch,
            ImportState.WRITTEN,
            by=by,
            verb="import.write",
            concerns=batch.college_id,
            told={"rows": len(written)},
            written_at=timezone.now(),
            written_count=len(written),
        )


def back_to_ready(batch: AttendanceImport, found: dict, *, refused: int, by: Acting) -> None:
    move(
        batch,
        ImportState.READY,
        by=by,
        verb="import.reread",
        concerns=batch.college_id,
        found=found,
        refused_count=refused,
    )
