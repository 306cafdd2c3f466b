"""Employments: started, changed by new terms, ended."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from firms.acting import Acting
from firms.actions.changes import apply
from firms.errors import Refused
from firms.journal import record
from firms.models import Employment, Establishment, Organisation, Person, WorkingPattern

# A change of these is a change of the terms agreed: the old row ends and a new one begins.
TERMS = ("contract", "pattern")


@transaction.atomic
def start_employment(
    establishment: Establishment, *, by: Acting, email: str, started_on: date, names: dict[str, str], **terms: Any
) -> Employment:
    """Register someone, without a login of their own; a person with this address is taken as they are."""
    lock(establishment)
    refuse_foreign_pattern(terms["pattern"], establishment)
    person = person_of(email, names)
    refuse_overlap(person, establishment, started_on=started_on)
    employment = Employment.objects.create(person=person, establishment=establishment, started_on=started_on, **terms)
    record(employment, "employment.start", by=by, concerns=establishment.organisation_id)
    return employment


def person_of(email: str, names: dict[str, str]) -> Person:
    """Who has this address, or somebody new; two firms may meet the same newcomer at once."""
    known = Person.objects.filter(email__iexact=email)
    if found := known.first():
        return found
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, **names)
    except IntegrityError:
        return known.get()


@transaction.atomic
def edit_employment(employment: Employment, *, by: Acting, changed_on: date | None, **fields: Any) -> Employment:
    """Correct the row, or where the terms changed, end it and begin the next. Gives the row in force afterwards."""
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    refuse_foreign_pattern(fields["pattern"], row.establishment)
    has_new_terms = any(getattr(row, name) != fields[name] for name in TERMS)
    if not has_new_terms or changed_on == row.started_on:
        if changed := apply(row, fields):
            record(row, "employment.edit", by=by, concerns=row.establishment.organisation_id, changed=changed)
        return row
    refuse_unfit_change(row, changed_on)
    return begin_new_terms(row, by=by, changed_on=changed_on, **fields)  # type: ignore[arg-type]


def begin_new_terms(row: Employment, *, by: Acting, changed_on: date, **fields: Any) -> Employment:
    last_day = row.ended_on
    row.ended_on = changed_on - timedelta(days=1)
    row.save(update_fields=["ended_on"])
    following = Employment.objects.create(
        person=row.person, establishment=row.establishment, started_on=changed_on, ended_on=last_day, **fields
    )
    record(following, "employment.terms", by=by, concerns=row.establishment.organisation_id, before=row.pk)
    return following


@transaction.atomic
def end_employment(employment: Employment, *, by: Acting, ended_on: date) -> None:
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    if row.ended_on == ended_on:
        return
    if row.ended_on is not None:
        raise Refused(_("この雇用はすでに終了しています。画面を開き直してください。"))
    if ended_on < row.started_on:
        raise Refused(_("最後の日は雇入日以後の日付にしてください。"), field="ended_on")
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    record(row, "employment.end", by=by, concerns=row.establishment.organisation_id, ended_on=ended_on.isoformat())


def lock(establishment: Establishment) -> None:
    """People of one organisation are registered one after the other, so that the check for overlaps holds."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=establishment.organisation_id)


def refuse_overlap(person: Person, establishment: Establishment, *, started_on: date) -> None:
    later = Employment.objects.filter(Q(ended_on=None) | Q(ended_on__gte=started_on))
    if later.filter(person=person, establishment=establishment).exists():
        raise Refused(
            _("この人はその日すでにこの事業所に雇用されています。従業員の一覧から条件を変更してください。"),
            field="started_on",
        )


def refuse_foreign_pattern(pattern: WorkingPattern | None, establishment: Establishment) -> None:
    if pattern and pattern.establishment_id != establishment.pk:
        raise Refused(_("別の事業所の勤務形態です。この事業所の勤務形態を選んでください。"), field="pattern")


def refuse_unfit_change(row: Employment, changed_on: date | None) -> None:
    if changed_on is None:
        raise Refused(_("雇用形態か勤務形態を変えるときは、変更日を入力してください。"), field="changed_on")
    if changed_on < row.started_on:
        raise Refused(
            _("変更日は雇入日より後の日付にしてください。登録の誤りを直すときは雇入日と同じ日にします。"),
            field="changed_on",
        )
    if row.ended_on and changed_on > row.ended_on:
        raise Refused(_("変更日は雇用の最後の日までの日付にしてください。"), field="changed_on")
