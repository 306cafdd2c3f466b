"""Certificates: given from facts frozen that day under a number without gaps, taken back with a reason, given anew."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from courses import frameworks
from courses.actions.completion.keys import locked_key
from courses.actions.completion.skills import earn_skills
from courses.actions.seats.seats import locked_run
from courses.actions.telling import firm_of
from courses.minutes import needed_minutes
from courses.models import Certificate, CertificateRevocation, Enrolment, Run
from courses.queries import lessons_of
from courses.queries.completion.completion import completions_of, newest_certificates
from courses.shapes import SHAPE, CertificateFacts, RunFacts, SkillFacts
from courses.states import EnrolmentState
from courses.terms import Terms
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.papers.codes import new_check_code
from firms.post.notify import notify
from firms.words.amounts import minutes_words
from firms.words.saying import said as _

APRIL = 4


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, by: Acting) -> Certificate:
    """Who completed and holds a certificate in force keeps it; a second click is none."""
    run = locked_run(enrolment.run)
    enrolment = completed_row(enrolment)
    if held := enrolment.certificates.valid().first():
        return held
    return write_certificate(enrolment, run_facts(run), attended=minutes_of(run, enrolment, by=by), by=by)


def minutes_of(run: Run, enrolment: Enrolment, *, by: Acting) -> int:
    """What the certificate says was attended, or learned where the run has no lessons."""
    (row,) = completions_of(run, [enrolment], on=by.today)
    return row.learned.attended


def completed_row(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_related("person", "run__course", "employment__establishment__organisation")
    enrolment = rows.get(pk=enrolment.pk)
    if enrolment.state != EnrolmentState.COMPLETED:
        raise Refused(_("修了が決まった人にだけ、修了証を発行できます。"))
    return enrolment


def write_certificate(enrolment: Enrolment, about: RunFacts, *, attended: int, by: Acting) -> Certificate:
    """Under the lock of the signing key, which everybody who gives a number holds: numbers have no gaps and no twins."""
    locked_key()
    number = next_number(about["college_id"], by.today)
    person = enrolment.person
    facts: CertificateFacts = {
        "shape": SHAPE,
        **about,
        "hours": enrolment.terms.hours_label,
        "criteria": criteria(enrolment.terms, about["planned_minutes"]),
        "name": person.full_name,
        "kana": person.full_kana,
        "attended_minutes": attended,
        "attended": minutes_words(attended),
        "number": number,
        "issued_on": by.today.isoformat(),
        "completed_on": None,
    }
    highest = Certificate.objects.aggregate(highest=Max("status_index"))["highest"]
    certificate = Certificate.objects.create(
        enrolment=enrolment,
        number=number,
        check_code=new_check_code(),
        status_index=0 if highest is None else highest + 1,
        facts=facts,
        issued_on=by.today,
        issued_by=by.person,
    )
    earn_skills(certificate)
    record(certificate, "certificate.issue", by=by, concerns=firm_of(enrolment), learner=person.full_name)
    return certificate


def next_number(college_id: int, on: date) -> str:
    """Fiscal year, college, running number: 2026-004-0001."""
    prefix = f"{on.year - (on.month < APRIL)}-{college_id:03d}-"
    return f"{prefix}{Certificate.objects.filter(number__startswith=prefix).count() + 1:04d}"


def run_facts(run: Run) -> RunFacts:
    """What every certificate of a run says the same; read once for all of them."""
    course, college, lessons = run.course, run.course.college, lessons_of(run)
    first, last = days_of(run, [lesson.on for lesson in lessons])
    planned = sum(lesson.minutes for lesson in lessons)
    return {
        "course": course.title,
        "course_id": course.pk,
        "about": course.summary,
        "run": run.code,
        "college": college.name,
        "college_id": college.pk,
        "representative_title": college.representative_title,
        "representative_name": college.representative_name,
        "method": str(course.get_method_display()),
        "level": course.facet_label,
        "planned_minutes": planned,
        "planned": minutes_words(planned),
        "first_on": first.isoformat(),
        "last_on": last.isoformat(),
        "skills": [skill_facts(skill.item) for skill in course.skills.order_by("item")],
    }


def days_of(run: Run, days: list[date]) -> tuple[date, date]:
    """From the first to the last day of learning, in the room or at the screen."""
    known = [*days, *(day for day in (run.learn_from, run.learn_until) if day)] or [timezone.localdate()]
    return min(known), max(known)


def criteria(terms: Terms, planned: int) -> str:
    """The conditions in words, for those who read the badge without us: what was checked, not what the catalogue says."""
    needed = minutes_words(needed_minutes(planned, terms.needed_percent))
    asked = [
        _("%(planned)sの%(percent)s%%（%(needed)s）以上に出席すること")
        % {"planned": minutes_words(planned), "percent": terms.needed_percent, "needed": needed}
        if planned and terms.needed_percent
        else "",
        _("標準学習時間の%(percent)s%%以上を学ぶこと") % {"percent": terms.needed_percent}
        if not planned and terms.needed_percent
        else "",
        _("すべての教材を終えること") if terms.needs_units else "",
        _("すべての確認テストに合格すること") if terms.needs_quiz else "",
        _("講師が合格と認めること") if terms.needs_word else "",
    ]
    return "。".join(filter(None, asked)) or terms.completion_rule or _("受講を終えること")


def skill_facts(key: str) -> SkillFacts:
    """The item as it was called that day, with the standard it stands in."""
    found = frameworks.item(key)
    edition = next((one for one in frameworks.editions() if found and one.name == found.edition), None)
    return {
        "item": key,
        "label": found.label if found else key,
        "framework": edition.title if edition else "",
        "edition": found.edition if found else "",
        "address": edition.address if edition else "",
    }


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Acting) -> None:
    """The public page shows the reason from now on, and the badge's bit is set; twice is once."""
    locked_run(certificate.enrolment.run)
    if CertificateRevocation.objects.filter(certificate=certificate).exists():
        return
    write_revocation(certificate, reason=reason, by=by)
    told = {"course": certificate.lifted["course"], "reason": reason}
    notify(
        certificate.enrolment.person,
        subject=_("修了証が取り消されました: %(course)s") % told,
        body=_("修了証 %(number)s は無効になりました。理由: %(reason)s") % {**told, "number": certificate.number},
        path=check_path(certificate),
        organisation=firm_of(certificate.enrolment),
    )


def write_revocation(certificate: Certificate, *, reason: str, by: Acting) -> None:
    if not reason.strip():
        raise Refused(_("取消しの理由を書いてください。"), field="reason")
    CertificateRevocation.objects.create(certificate=certificate, reason=reason.strip(), revoked_by=by.person)
    firm = firm_of(certificate.enrolment)
    record(certificate, "certificate.revoke", by=by, concerns=firm, reason=reason.strip())


@transaction.atomic
def reissue_certificate(certificate: Certificate, *, reason: str, by: Acting) -> Certificate:
    """The old one is revoked with the reason, and a new one with a new number says what is true today."""
    run = locked_run(certificate.enrolment.run)
    enrolment = completed_row(certificate.enrolment)
    newest = newest_certificates([enrolment])[enrolment.pk]
    if newest.pk != certificate.pk:
        raise Refused(
            _("この修了証のあとに、%(number)s が発行されています。そちらを開いてください。") % {"number": newest.number}
        )
    if newest.is_valid:
        write_revocation(newest, reason=reason, by=by)
    fresh = write_certificate(enrolment, run_facts(run), attended=minutes_of(run, enrolment, by=by), by=by)
    told = {"course": fresh.lifted["course"], "old": newest.number, "new": fresh.number, "reason": reason}
    notify(
        enrolment.person,
        subject=_("修了証が再発行されました: %(course)s") % told,
        body=_("新しい番号は %(new)s です。前の %(old)s は無効になりました。理由: %(reason)s") % told,
        path=check_path(fresh),
        organisation=firm_of(enrolment),
    )
    return fresh


def check_path(certificate: Certificate) -> str:
    return reverse("courses:certificate_check", args=[certificate.check_code])
