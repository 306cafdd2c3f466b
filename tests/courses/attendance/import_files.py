"""Files of attendance for tests: tables as bytes, handed in as a browser does, and the worker's part done at once."""

from django.core.files.uploadedfile import SimpleUploadedFile

from courses.actions.attendance.imports.reading import read_import
from courses.actions.attendance.imports.taking import READ_JOB, take_in
from courses.actions.attendance.imports.undoing import UNDO_JOB, take_back, undo_import
from courses.actions.attendance.imports.writing import WRITE_JOB, write_import, write_whole, write_without_refused
from firms.models import Job
from firms.post import jobs
from firms.states import JobState

HANDLERS = {READ_JOB: read_import, WRITE_JOB: write_import, UNDO_JOB: undo_import}
HEAD = "開講番号,回,氏名,出欠,遅刻,早退,備考"


def upload(text, name="出席.csv", coding="utf-8-sig"):
    content = text if isinstance(text, bytes) else text.encode(coding)
    return SimpleUploadedFile(name, content)


def work():
    """Does the waiting jobs of imports, as a worker would."""
    for job in Job.objects.filter(kind__in=HANDLERS, state=JobState.WAITING).order_by("pk"):
        HANDLERS[job.kind](jobs.claim(job.pk))


def read(text, *, by, kind="table", lesson=None, **more):
    batch = take_in(upload(text, **more), kind=kind, lesson=lesson, by=by)
    work()
    batch.refresh_from_db()
    return batch


def write(batch, *, by, reason="", leave_out=False):
    (write_without_refused if leave_out else write_whole)(batch, seen=batch.found["seen"], reason=reason, by=by)
    work()
    batch.refresh_from_db()
    return batch


def undo(batch, *, by):
    take_back(batch, by=by)
    work()
    batch.refresh_from_db()
    return batch


def line(enrolment, *, number=1, status="出席", late="", early="", remark="", name=None):
    return f"{enrolment.run.code},{number},{name or enrolment.person.full_name},{status},{late},{early},{remark}"


def table(*lines):
    return "\n".join([HEAD, *lines])


def outcome(batch):
    """The minutes of each line, and the sentences of the refused ones."""
    found = {row["row"]: row["minutes"] for row in batch.found.get("sample", [])}
    return found | {row["row"]: row["why"] for row in batch.found.get("refused", [])}
