"""Certificates given before there was this register: recorded under the rules of their own day, and taken back while unused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.papers.codes import new_check_code
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors import occupations
from mentors.actions.certifying.issuing import frozen_facts, tell_register
from mentors.models import Application, CareerStretch, Certification, RenewalReminder
from mentors.models.requesting.plans import midnight
from mentors.queries.certifying import judged, unmet_words
from mentors.rules import FactError, reminders_before
from mentors.states import ApplicationState


@transaction.atomic
def record_certificate(
    *,
    ward: Organisation,
    person: Person,
    number: str,
    certified_on: date,
    last_on: date,
    stretches: Sequence[dict[str, Any]],
    by: Acting,
    **facts: Any,
) -> Certification:
    """Judged by the criteria of the day it was given. Nothing of it is in the public register before its holder agrees."""
    refuse_days(certified_on, last_on, by=by)
    refuse_known(ward, person, number=number, **facts)
    edition = occupations.current_edition().edition
    decided = {"state": ApplicationState.CERTIFIED, "submitted_at": midnight(certified_on), "decided_on": certified_on}
    told = {**facts, **decided, "because": _("ほかで認定を受けた記録の取込み"), "is_willing": True}
    application = Application.objects.create(person=person, ward=ward, edition=edition, **told)
    CareerStretch.objects.bulk_create(CareerStretch(application=application, **one) for one in stretches)
    refuse_unmet(application, on=certified_on)
    source = _("認定証 %(number)s（%(day)s）からの取込み") % {"number": number, "day": day_words(certified_on)}
    certification = Certification(
        application=application,
        person=person,
        ward=ward,
        designation=application.designation,
        occupation=application.occupation,
        number=number,
        check_code=new_check_code(),
        facts=frozen_facts(application, source=source),
        certified_on=certified_on,
        last_on=last_on,
    )
    certification.save()
    tell_register(certification)
    RenewalReminder.objects.bulk_create(
        RenewalReminder(certification=certification, months=months, due_on=day)
        for months, day in reminders_before(last_on, on=by.today)
    )
    record(certification, "certification.take_in", by=by, concerns=ward)
    return certification


def refuse_days(certified_on: date, last_on: date, *, by: Acting) -> None:
    if certified_on > by.today:
        raise Refused(_("認定日が、まだ来ていない日です。"))
    if last_on < certified_on:
        raise Refused(_("有効期限が、認定日より前の日です。"))


def refuse_known(ward: Organisation, person: Person, *, number: str, **facts: Any) -> None:
    if Certification.objects.filter(number=number).exists():
        raise Refused(_("認定番号「%(number)s」は、すでに登録されています。") % {"number": number})
    names = {"person__family_name": person.family_name, "person__given_name": person.given_name}
    names |= {"person__family_kana": person.family_kana, "person__given_kana": person.given_kana}
    same = {name: facts[name] for name in ("designation", "occupation")}
    if Certification.objects.filter(ward=ward, **names, **same).exists():
        raise Refused(_("同じ氏名と職種の認定が、すでにあります。同じ人の更新なら、認定のページで確かめてください。"))


def refuse_unmet(application: Application, *, on: date) -> None:
    try:
        found = judged(application, on=on)
    except FactError as unknown:
        raise Refused(
            _("%(day)sの認定要件の記録がありません。%(why)s") % {"day": day_words(on), "why": unknown}
        ) from None
    if not found.eligible:
        raise Refused(" ".join([*unmet_words(found), found.because]))


@transaction.atomic
def unrecord_certificates(ids: Sequence[int], *, by: Acting) -> int:
    """All that one table brought in, as long as nothing has been done with any of them."""
    rows = Certification.objects.filter(pk__in=ids, ward=by.organisation_id).select_related(
        "person", "application", "ward"
    )
    held = list(rows)
    if not held:
        raise Refused(_("取り消せる取込みがありません。"))
    for row in held:
        unrecord(row)
    for person in {row.person for row in held}:
        remove_person(person)
    record(held[0].ward, "certification.take_back", by=by, concerns=held[0].ward, number_of_people=len(held))
    return len(held)


def unrecord(row: Certification) -> None:
    try:
        row.reminders.filter(sent_at=None).delete()
        row.delete()
        row.application.delete()
    except ProtectedError:
        raise in_use(row.person) from None


def remove_person(person: Person) -> None:
    if person.has_usable_password():
        raise in_use(person)
    try:
        person.delete()
    except ProtectedError:
        raise in_use(person) from None


def in_use(person: Person) -> Refused:
    return Refused(
        _(
            "%(name)sさんは、もうログインや派遣に使われているため、まとめて取り消せません。認定のページで取り消してください。"
        )
        % {"name": person.full_name}
    )
