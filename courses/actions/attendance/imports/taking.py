"""A file handed in: checked, kept by its hash, and left to a job to read; the same file twice is told."""

from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from courses.actions.attendance.imports.looking import payload_of
from courses.models import AttendanceImport, Lesson
from courses.models.attendance.attendance import FileKind
from courses.states import ImportState
from courses.tables.grids import ENDINGS, as_checked
from firms.acting import Acting
from firms.actions.evidence import safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import MEDIA_TYPES, is_what_it_says
from firms.journal import move, record
from firms.models import Organisation
from firms.post.jobs import enqueue
from firms.words.saying import said as _

READ_JOB = "import.read"
# Nothing of these stands: the same file may come again.
GONE = (ImportState.BROKEN, ImportState.UNDONE, ImportState.DROPPED)


class TakenAlready(Refused):
    """The same file was handed in before; `earlier` is where."""

    def __init__(self, earlier: AttendanceImport) -> None:
        super().__init__(
            _(
                "同じ内容のファイル「%(name)s」がすでに取り込まれています（%(state)s）。同じ出席を2度書き込まないよう、止めました。"
            )
            % {"name": earlier.name, "state": earlier.get_state_display()},
            field="file",
        )
        self.earlier = earlier


def take_in(upload: UploadedFile, *, kind: str, lesson: Lesson | None, by: Acting) -> AttendanceImport:
    """Keeps the file and leaves its reading to a job."""
    name = safe_name(upload.name or "")
    content = accepted(upload, name)
    suffix = PurePath(name).suffix.lower()
    stored = files.store(content, media_type=MEDIA_TYPES.get(suffix, "text/csv"))
    if kind == FileKind.MEETING and lesson is None:
        raise Refused(_("会議ツールの参加者一覧は、どのコマのものかを選んでください。"), field="lesson")
    with transaction.atomic():
        college = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
        same = AttendanceImport.objects.filter(college=college, file=stored, kind=kind, lesson=lesson)
        if earlier := same.exclude(state__in=GONE).first():
            raise TakenAlready(earlier)
        batch = AttendanceImport.objects.create(
            college=college, file=stored, kind=kind, lesson=lesson, name=name, uploaded_by=by.person
        )
        record(batch, "import.take", by=by, concerns=college, sha256=stored.sha256)
        job = enqueue(READ_JOB, payload_of(batch, by), once_key=f"{READ_JOB}:{batch.pk}")
        batch.found = {"job": job.pk}
        batch.save(update_fields=["found"])
    return batch


def accepted(upload: UploadedFile, name: str) -> bytes:
    limit = settings.UPLOAD_LIMIT_BYTES
    if (upload.size or 0) > limit:
        raise Refused(
            _("ファイルが大きすぎます。%(limit)sまでにしてください。") % {"limit": filesizeformat(limit)}, field="file"
        )
    content: bytes = upload.read()
    if not content:
        raise Refused(_("ファイルが空です。内容のあるファイルを選び直してください。"), field="file")
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise Refused(_("この種類のファイルは取り込めません。Excel（xlsx）かCSVで保存し直してください。"), field="file")
    checked, as_name = as_checked(content, name)
    if not is_what_it_says(checked, name=as_name):
        raise Refused(
            _("ファイルの中身がExcelやCSVではありません。Excelで開き、保存し直してから選んでください。"), field="file"
        )
    return content


@transaction.atomic
def drop(batch: AttendanceImport, *, by: Acting) -> None:
    """Nothing is written from it; pressed twice is once."""
    batch = AttendanceImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state == ImportState.DROPPED:
        return
    move(batch, ImportState.DROPPED, by=by, verb="import.drop", concerns=batch.college_id)
