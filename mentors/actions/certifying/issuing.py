"""A certification: given with number and term, listed as its holder wishes, suspended, withdrawn, and reminded of."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.papers.codes import new_check_code
from firms.post.notify import notify
from firms.rules.calendar import fiscal_year
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.models import Application, Certification, RenewalReminder, Suspension, TeachingTag
from mentors.rules import term
from mentors.shapes import SHAPE, CertificationFacts
from mentors.teachings import AREA, LANGUAGE, MACHINE, apart, told_in


def issue_certification(application: Application, *, on: date, by: Acting | None) -> Certification:
    """Under the lock of the ward, so that numbers have no gaps and no twins; one that renews begins where the old ends."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=application.ward_id)
    first = first_day(application, on=on)
    until = term(first)
    certification = Certification(
        application=application,
        person=application.person,
        ward=application.ward,
        designation=application.designation,
        occupation=application.occupation,
        number=next_number(application.ward_id, on),
        check_code=new_check_code(),
        facts=frozen_facts(application, source=until.source),
        certified_on=first,
        last_on=until.last_day,
        is_listed=application.consents,
    )
    certification.save()
    tell_register(certification)
    RenewalReminder.objects.bulk_create(
        RenewalReminder(certification=certification, months=months, due_on=day) for months, day in until.reminders
    )
    record(certification, "certification.give", by=by, concerns=application.ward)
    tell_holder(certification, _("認定されました: %(title)s"), _("認定証を印刷できます。%s") % until.because)
    return certification


def tell_register(certification: Certification) -> None:
    """What the register says of a new certification: as its holder had ticked it before, or as the application tells it."""
    same = {"designation": certification.designation, "occupation": certification.occupation}
    earlier = Certification.objects.filter(person=certification.person, **same).exclude(pk=certification.pk)
    before = earlier.order_by("-pk").first()
    if before:
        certification.best, certification.also, certification.base = before.best, before.also, before.base
        ticked = {(one.facet, one.key) for one in before.tags.all()}
    else:
        certification.best = certification.application.teaches
        certification.also = "、".join(in_no_list(certification))
        ticked = {(facet, key) for facet, words in own_words(certification) for key in told_in(facet, words)}
    certification.base = certification.application.base or certification.base
    TeachingTag.objects.bulk_create(
        TeachingTag(certification=certification, facet=facet, key=key) for facet, key in sorted(ticked)
    )
    certification.search_text = certification.words()
    certification.save(update_fields=["best", "also", "base", "search_text"])


def in_no_list(certification: Certification) -> list[str]:
    """Of their own words about machines, areas and languages those that tick nothing."""
    facts = certification.lifted
    told = [(MACHINE, facts["machines"]), (AREA, facts["area"]), (LANGUAGE, facts["languages"])]
    return [word for facet, words in told for word in apart(words) if not told_in(facet, word)]


def own_words(certification: Certification) -> list[tuple[str, str]]:
    facts = certification.lifted
    machines = f"{facts['machines']} {facts['teaches']}"
    return [(MACHINE, machines), (AREA, facts["area"]), (LANGUAGE, facts["languages"])]


def first_day(application: Application, *, on: date) -> date:
    """Today, or the day after the one still in force for the same occupation."""
    same = {"designation": application.designation, "occupation": application.occupation}
    held = Certification.objects.filter(person=application.person, withdrawn_on=None, last_on__gte=on, **same)
    last = max((one.last_on for one in held), default=None)
    return last + timedelta(days=1) if last else on


def next_number(ward_id: int, on: date) -> str:
    """Fiscal year and running number of the ward: M2026-001-0001."""
    prefix = f"M{fiscal_year(on)}-{ward_id:03d}-"
    return f"{prefix}{Certification.objects.filter(number__startswith=prefix).count() + 1:04d}"


def frozen_facts(application: Application, *, source: str) -> CertificationFacts:
    person, ward = application.person, application.ward
    return {
        "shape": SHAPE,
        "name": person.full_name,
        "kana": person.full_kana,
        "designation": str(application.get_designation_display()),
        "occupation": application.occupation_label,
        "edition": application.edition,
        "ward": ward.name,
        "representative_title": ward.representative_title,
        "representative_name": ward.representative_name,
        "source": source,
        "teaches": application.teaches,
        "machines": application.machines,
        "area": application.area,
        "languages": application.languages,
        "dx_facts": application.dx_facts,
    }


def tell_holder(certification: Certification, subject: str, body: str) -> None:
    tell(certification.person, subject % {"title": certification.title}, body, certification)


def tell(person: Person, subject: str, body: str, certification: Certification) -> None:
    notify(person, subject=subject, body=body, path=reverse("mentors:certification", args=[certification.pk]))


def locked(certification: Certification) -> Certification:
    rows = Certification.objects.select_for_update(of=("self",)).select_related("person", "ward")
    return rows.get(pk=certification.pk)


@transaction.atomic
def list_publicly(certification: Certification, *, by: Acting) -> None:
    """The holder agrees; a second click changes nothing."""
    set_listed(certification, is_listed=True, verb="certification.list", by=by)


@transaction.atomic
def unlist(certification: Certification, *, by: Acting) -> None:
    """Gone from the register at once; the check page goes on answering whoever holds the certificate."""
    set_listed(certification, is_listed=False, verb="certification.unlist", by=by)


def set_listed(certification: Certification, *, is_listed: bool, verb: str, by: Acting) -> None:
    certification = locked(certification)
    if certification.withdrawn_on:
        raise Refused(_("取り消された認定は、公開名簿に載せられません。"))
    if certification.is_listed != is_listed:
        Certification.objects.filter(pk=certification.pk).update(is_listed=is_listed)
        record(certification, verb, by=by, concerns=certification.ward)


@transaction.atomic
def suspend(certification: Certification, *, because: str, by: Acting) -> Suspension:
    """From today until it is lifted."""
    certification = locked(certification)
    refuse_withdrawn(certification)
    if certification.suspensions.filter(last_on=None).exists():
        raise Refused(_("この認定は、すでに停止しています。"))
    made = Suspension.objects.create(certification=certification, first_on=by.today, because=because)
    record(certification, "certification.suspend", by=by, concerns=certification.ward, reason=because)
    tell_holder(certification, _("認定が停止されました: %(title)s"), because)
    return made


@transaction.atomic
def lift(certification: Certification, *, because: str, by: Acting) -> None:
    """Today is the last day without it."""
    certification = locked(certification)
    stopped = certification.suspensions.filter(last_on=None).first()
    if stopped is None:
        raise Refused(_("この認定は停止していません。"))
    Suspension.objects.filter(pk=stopped.pk).update(last_on=by.today)
    record(certification, "certification.lift", by=by, concerns=certification.ward, reason=because)
    body = _("明日から、また指導の記録ができます。\n理由: %(because)s") % {"because": because}
    tell_holder(certification, _("認定の停止が終わりました: %(title)s"), body)


@transaction.atomic
def withdraw(certification: Certification, *, because: str, by: Acting) -> None:
    """From today it counts no more; the public check says so with the reason."""
    certification = locked(certification)
    refuse_withdrawn(certification)
    facts = {"withdrawn_on": by.today, "withdrawn_because": because, "is_listed": False}
    Certification.objects.filter(pk=certification.pk).update(**facts)
    record(certification, "certification.withdraw", by=by, concerns=certification.ward, reason=because)
    tell_holder(certification, _("認定が取り消されました: %(title)s"), because)


def refuse_withdrawn(certification: Certification) -> None:
    if certification.withdrawn_on:
        raise Refused(_("この認定は%(day)sに取り消されています。") % {"day": day_words(certification.withdrawn_on)})


@transaction.atomic
def remind_of_renewal(reminder: RenewalReminder, *, on: date) -> None:
    """Once, however many nights were missed; of one whose end has passed, or that was renewed or withdrawn, nobody hears."""
    certification = locked(reminder.certification)
    waiting = RenewalReminder.objects.filter(pk=reminder.pk, sent_at=None)
    if not waiting.update(sent_at=timezone.now()) or not is_to_renew(certification, on=on):
        return
    told = {"last": day_words(certification.last_on)}
    tell_holder(
        certification,
        _("認定の期限が近づいています: %(title)s"),
        _("%(last)sで期限が切れます。続けるときは、この認定のページから更新を申請してください。") % told,
    )
    record(certification, "certification.remind", by=None, concerns=certification.ward)


def is_to_renew(certification: Certification, *, on: date) -> bool:
    same = {"designation": certification.designation, "occupation": certification.occupation}
    later = Certification.objects.filter(
        person=certification.person, withdrawn_on=None, last_on__gt=certification.last_on, **same
    )
    return certification.withdrawn_on is None and on <= certification.last_on and not later.exists()
