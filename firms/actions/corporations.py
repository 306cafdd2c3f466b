"""The list of 法人番号: loaded from a file and replaced as a whole."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from itertools import batched
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone

from firms.errors import Refused
from firms.files.corporations import PublishedCorporation, corporations_in
from firms.journal import record
from firms.models import Corporation, RegisterLoad
from firms.words.saying import said as _

# Written together; nobody else waits longer than for so many lines.
AT_ONCE = 5_000


def load_register(file: IO[bytes], *, name: str, as_of: date) -> RegisterLoad:
    """A million lines take minutes: they are written beside the list in use, which is replaced in one short step.

    A file that breaks off or is another kind leaves the list as it was.
    """
    refuse_older(as_of)
    load = RegisterLoad.objects.create(file_name=name[:200], as_of=as_of, loaded_at=timezone.now())
    try:
        count = write_all(load, corporations_in(file))
        replace_by(load, count=count)
    finally:
        Corporation.objects.filter(load__is_current=False, load__pk__lte=load.pk).delete()
    return load


def refuse_older(as_of: date) -> None:
    newer = RegisterLoad.objects.filter(is_current=True, as_of__gt=as_of).first()
    if newer:
        raise Refused(
            _("いまの一覧（%(held)s時点）より古いファイルです。新しい全件データを選んでください。")
            % {"held": newer.as_of.isoformat()}
        )


def write_all(load: RegisterLoad, found: Iterable[PublishedCorporation]) -> int:
    count = 0
    for lines in batched(found, AT_ONCE):
        try:
            with transaction.atomic():
                Corporation.objects.bulk_create([Corporation(load=load, **asdict(one)) for one in lines])
        except IntegrityError:
            raise Refused(
                _("%(line)d行目までに、同じ法人番号が二度あります。都道府県ごとの全件データを選んでください。")
                % {"line": count + len(lines)}
            ) from None
        count += len(lines)
    return count


@transaction.atomic
def replace_by(load: RegisterLoad, *, count: int) -> None:
    if not count:
        raise Refused(_("ファイルに法人が一つもありません。公表サイトからダウンロードし直してください。"))
    list(RegisterLoad.objects.select_for_update(of=("self",)).filter(is_current=True))
    refuse_older(load.as_of)
    if load.corporations.count() != count:
        raise Refused(_("別の取込みが同時に終わりました。もう一度取り込んでください。"))
    RegisterLoad.objects.filter(is_current=True).update(is_current=False)
    load.count, load.is_current = count, True
    load.save(update_fields=["count", "is_current"])
    record(load, "register.load", by=None, rows=count)
