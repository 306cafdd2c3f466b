"""Keeping an official workbook whose cells are marked."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from firms.acting import Acting
from firms.actions.evidence import accepted_content, safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import MEDIA_TYPES
from firms.files.scanning import refuse_infected
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _
from grants.models import Workbook
from grants.papers.entries import is_known
from grants.papers.workbook import Unfit, filled, marks_in

ENDING = ".xlsx"
MOST_NAMED = 5


def keep_workbook(upload: UploadedFile, *, menu: str, edition: str, of: str, by: Acting) -> Workbook:
    """Tried out once with nothing to fill in, so that a mark that cannot be written is told now and not in the last week."""
    name = safe_name(upload.name or "")
    content = accepted_content(upload, name, endings=(ENDING,))
    refuse_infected(content)
    count = marked(content)
    stored = files.store(content, media_type=MEDIA_TYPES[ENDING])
    with transaction.atomic():
        owner = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
        key = {"owner": owner, "menu": menu, "edition": edition, "of": of, "file": stored}
        row, is_new = Workbook.objects.get_or_create(
            **key, defaults={"name": name, "mark_count": count, "kept_by": by.person}
        )
        if is_new:
            record(row, "workbook.keep", by=by, concerns=owner)
    return row


def marked(content: bytes) -> int:
    """How many cells are marked; Refused where none is, or one by a name nobody knows."""
    try:
        marks = marks_in(content)
        filled(content, {})
    except Unfit as unfit:
        raise Refused(_("このファイルは使えません：%(why)s。") % {"why": unfit}, field="file") from unfit
    names = [name for mark in marks for name in mark.names]
    if not names:
        raise Refused(
            _(
                "印が見つかりません。セルに {{firm.name}} のように書くか、takumi.firm.name のような名前を付けてください。"
            ),
            field="file",
        )
    if unknown := [name for name in dict.fromkeys(names) if not is_known(name)]:
        raise Refused(
            _("項目にない印があります：%(names)s。下の一覧の名前を使ってください。")
            % {"names": "、".join(unknown[:MOST_NAMED])},
            field="file",
        )
    return len(marks)
