"""The job that looks at a file, and the hand that says who is who in a participant list."""

from typing import Any

from django.db import transaction

from courses.actions.attendance.imports.looking import Contents, acting_of, contents_of, plan_of
from courses.actions.attendance.imports.plans import Plan
from courses.actions.attendance.imports.refusals import refused_table
from courses.models import AttendanceImport
from courses.models.attendance.attendance import FileKind
from courses.states import ImportState
from courses.tables.grids import Unreadable
from firms.acting import Acting
from firms.errors import Refused
from firms.files import store as files
from firms.journal import move, record
from firms.models import Job
from firms.post.jobs import finishing, report
from firms.words.saying import said as _

# Progress is told after this many rows.
STEP = 5_000


def read_import(job: Job) -> None:
    """Looks at the whole file and writes nothing but what was found; a file nobody can read says why."""
    batch = AttendanceImport.objects.select_related("file", "lesson").get(pk=job.payload["import"])
    if batch.state != ImportState.READING:
        return
    by = acting_of(job.payload)
    try:
        contents = contents_of(batch)
        total = len(contents.rows)
        plan, runs = plan_of(batch, contents, by=by, tell=lambda done: step(job, done, total))
    except Unreadable as refused:
        with finishing(job):
            become(batch, ImportState.BROKEN, by=by, found={"sentence": refused.sentence})
        return
    found = found_in(plan, contents, runs=runs)
    with finishing(job):
        counts = {"row_count": plan.row_count, "refused_count": len(plan.refused)}
        become(batch, ImportState.READY, by=by, found=found, **counts)


def step(job: Job, done: int, total: int) -> None:
    if done % STEP == 0:
        report(job, done=min(done, total), total=total)


def become(batch: AttendanceImport, state: ImportState, *, by: Acting, found: dict[str, Any], **fields: Any) -> None:
    move(
        batch,
        state,
        by=by,
        verb="import.read",
        concerns=batch.college_id,
        told=found.get("counts"),
        found={**found, "job": batch.found.get("job")},
        **fields,
    )


def found_in(plan: Plan, contents: Contents, *, runs: list[int], **more: Any) -> dict[str, Any]:
    """What the page is told; every refused row goes into a file of its own."""
    found = {**plan.found(), "runs": runs, **more}
    if plan.refused:
        sheet = refused_table(contents.grid, contents.heads, plan.refused)
        found["errors"] = files.store(sheet, media_type="text/csv").pk
    return found


def assign(batch: AttendanceImport, assigned: dict[str, str], *, by: Acting) -> None:
    """Says by hand who in a participant list is whom; the list is looked at again with it."""
    batch = AttendanceImport.objects.select_related("file", "lesson").get(pk=batch.pk)
    contents = contents_of(batch)
    with transaction.atomic():
        batch = AttendanceImport.objects.select_for_update(of=("self",)).select_related("lesson").get(pk=batch.pk)
        if batch.state != ImportState.READY or batch.kind != FileKind.MEETING:
            raise Refused(_("この取込みの名前は、もう選べません。画面を開き直して、いまの状態を確かめてください。"))
        plan, runs = plan_of(batch, contents, by=by, assigned=assigned)
        found = found_in(plan, contents, runs=runs, assigned=assigned, job=batch.found.get("job"))
        counts = {"row_count": plan.row_count, "refused_count": len(plan.refused)}
        AttendanceImport.objects.filter(pk=batch.pk).update(found=found, **counts)
        record(batch, "import.assign", by=by, concerns=batch.college_id, assigned=len(assigned))
