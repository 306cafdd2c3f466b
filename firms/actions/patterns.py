"""Working patterns and the establishment's own calendar."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Establishment, Holiday, WorkingHours, WorkingPattern
from firms.words.saying import said as _

Week = Iterable[Mapping[str, Any]]


@transaction.atomic
def create_pattern(
    establishment: Establishment, *, by: Acting, name: str, works_on_public_holidays: bool, week: Week
) -> WorkingPattern:
    Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)
    refuse_known_name(establishment, name)
    pattern = WorkingPattern.objects.create(
        establishment=establishment, name=name, works_on_public_holidays=works_on_public_holidays
    )
    set_week(pattern, week)
    record(pattern, "pattern.create", by=by, concerns=establishment.organisation_id, week=week_as_words(pattern))
    return pattern


@transaction.atomic
def edit_pattern(
    pattern: WorkingPattern, *, by: Acting, name: str, works_on_public_holidays: bool, week: Week
) -> WorkingPattern:
    """The journal keeps the week before and after, since it decides money."""
    row = WorkingPattern.objects.select_for_update(of=("self",)).select_related("establishment").get(pk=pattern.pk)
    refuse_known_name(row.establishment, name, but=row.pk)
    before = week_as_words(row)
    row.name, row.works_on_public_holidays = name, works_on_public_holidays
    row.save(update_fields=["name", "works_on_public_holidays"])
    row.hours.all().delete()
    set_week(row, week)
    record(
        row, "pattern.edit", by=by, concerns=row.establishment.organisation_id, before=before, after=week_as_words(row)
    )
    return row


def set_week(pattern: WorkingPattern, week: Week) -> None:
    rows = [WorkingHours(pattern=pattern, **day) for day in week if day["starts_at"]]
    if not rows:
        raise Refused(_("所定労働時間のある曜日がありません。少なくとも1つの曜日に始業と終業を入力してください。"))
    WorkingHours.objects.bulk_create(rows)


def week_as_words(pattern: WorkingPattern) -> list[str]:
    return [f"{hours} ({hours.break_starts_at}–{hours.break_ends_at})" for hours in pattern.hours.all()]


def refuse_known_name(establishment: Establishment, name: str, *, but: int = 0) -> None:
    if establishment.working_patterns.filter(name=name).exclude(pk=but).exists():
        raise Refused(_("同じ名称の勤務形態があります。別の名称にしてください。"), field="name")


@transaction.atomic
def add_holiday(establishment: Establishment, *, by: Acting, on: date, name: str, is_worked: bool) -> Holiday:
    """A second click finds the same day already there."""
    Establishment.objects.select_for_update(of=("self",)).get(pk=establishment.pk)
    known = establishment.holidays.filter(on=on).first()
    if known and (known.name, known.is_worked) == (name, is_worked):
        return known
    if known:
        raise Refused(_("この日はすでに登録されています。先に一覧から削除してください。"), field="on")
    holiday = Holiday.objects.create(establishment=establishment, on=on, name=name, is_worked=is_worked)
    record(holiday, "holiday.add", by=by, concerns=establishment.organisation_id)
    return holiday


@transaction.atomic
def remove_holiday(establishment: Establishment, *, by: Acting, pk: int) -> None:
    holiday = establishment.holidays.select_for_update(of=("self",)).filter(pk=pk).first()
    if holiday:
        record(holiday, "holiday.remove", by=by, concerns=establishment.organisation_id)
        holiday.delete()
