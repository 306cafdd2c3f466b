"""A firm offers a tour or an internship, a school or an agency asks for it, the firm answers and counts who came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Establishment, Membership, Organisation
from firms.models.organisations import Kind
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import quoted
from trials.models import Visit, VisitKind, VisitRequest
from trials.rules import answer_due, minimum_wage, standard_number
from trials.states import PostingState


@transaction.atomic
def offer_visit(establishment: Establishment, *, wage_is_checked: bool = False, by: Acting, **told: Any) -> Visit:
    """Open at once: schools and agencies see it from now on."""
    refuse_deregistered(establishment.organisation, on=by.today)
    visit = Visit(establishment=establishment, **told)
    if visit.day <= by.today:
        raise Refused(_("日付は明日以後にしてください。"), field="day")
    if visit.ends_at <= visit.starts_at:
        raise Refused(_("終わりは、始まりより後にしてください。"), field="ends_at")
    refuse_unpaid(visit, wage_is_checked=wage_is_checked)
    visit.save()
    record(visit, "visit.write", by=by, concerns=visit.firm)
    move(visit, PostingState.OPEN, by=by, verb="visit.open", concerns=visit.firm)
    return visit


def refuse_unpaid(visit: Visit, *, wage_is_checked: bool) -> None:
    """Who works is paid, by the least wage at least, or what the firm has looked up where nobody knows it; a tour is no work."""
    if visit.kind == VisitKind.TOUR:
        visit.hourly_yen = None
        return
    if visit.hourly_yen is None:
        raise Refused(_("インターンシップで働く時間の時給を入力してください。"), field="hourly_yen")
    answer = minimum_wage(visit.establishment.prefecture, visit.day, hourly_yen=visit.hourly_yen)
    if answer.passes is False or (answer.passes is None and not wage_is_checked):
        raise Refused(quoted(answer.because, answer.source), field="hourly_yen")


@transaction.atomic
def close_visit(visit: Visit, *, by: Acting) -> None:
    visit = lock(visit)
    if visit.state != PostingState.CLOSED:
        move(visit, PostingState.CLOSED, by=by, verb="visit.close", concerns=visit.firm)


def lock(visit: Visit) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("establishment__organisation")
    return rows.get(pk=visit.pk)


@transaction.atomic
def ask_visit(visit: Visit, *, people: int, note: str, by: Acting) -> VisitRequest:
    assert by.organisation is not None
    visit = lock(visit)
    if visit.state != PostingState.OPEN or visit.day <= by.today:
        raise Refused(_("この回の申込みは終わっています。"))
    if VisitRequest.objects.filter(visit=visit, asker=by.organisation).exists():
        raise Refused(_("すでに申し込んでいます。回答を待ってください。"))
    refuse_too_many(visit, people)
    due = min(answer_due(by.today, working_days=standard_number("answer.working_days", by.today)).due, visit.day)
    asked = VisitRequest.objects.create(
        visit=visit, asker=by.organisation, asked_by=by.person, people=people, note=note, answer_by=due
    )
    record(visit, "visit.ask", by=by, concerns=visit.firm, people=people)
    body = _("%(who)sから%(n)s人の申込みがありました。%(day)sまでに答えてください。")
    tell_firm(
        visit, _("見学・インターンシップの申込み"), body % {"who": by.organisation, "n": people, "day": day_words(due)}
    )
    return asked


def refuse_too_many(visit: Visit, people: int) -> None:
    taken = visit.requests.filter(is_yes=True).aggregate(n=Sum("people"))["n"] or 0
    if people > visit.places - taken:
        raise Refused(_("空きは%(left)s人です。") % {"left": max(0, visit.places - taken)}, field="people")


def tell_firm(visit: Visit, subject: str, body: str) -> None:
    for person in leaders_of(visit.firm.pk, on=timezone.localdate()):
        notify(
            person, subject=subject, body=body, path=reverse("trials:visit", args=[visit.pk]), organisation=visit.firm
        )


def tell_asker(asked: VisitRequest, subject: str, body: str) -> None:
    path = reverse("trials:visit", args=[asked.visit_id])
    notify(asked.asked_by, subject=subject, body=body, path=path, organisation=asked.asker)


@transaction.atomic
def answer_visit(asked: VisitRequest, *, is_yes: bool, reason: str = "", by: Acting) -> None:
    visit = lock(asked.visit)
    asked = VisitRequest.objects.select_related("asker", "asked_by", "visit").get(pk=asked.pk)
    if asked.answered_at is not None:
        raise Refused(_("この申込みにはすでに回答しています。"))
    if not is_yes and not reason:
        raise Refused(_("断るときは、理由を入力してください。"), field="reason")
    if is_yes:
        refuse_too_many(visit, asked.people)
    asked.is_yes, asked.reason, asked.answered_at = is_yes, "" if is_yes else reason, timezone.now()
    asked.save(update_fields=["is_yes", "reason", "answered_at"])
    record(visit, "visit.answer", by=by, concerns=visit.firm, who=asked.asker.name)
    subject = _("受入れが決まりました") if is_yes else _("受入れは見送られました")
    tell_asker(asked, subject, f"{visit} {day_words(visit.day)} {asked.reason}".strip())


@transaction.atomic
def count_visit(asked: VisitRequest, *, attended: int, by: Acting) -> None:
    """From the day on; counted again, the newest number stands and the journal keeps both."""
    visit = lock(asked.visit)
    asked = VisitRequest.objects.select_related("asker", "asked_by", "visit").get(pk=asked.pk)
    if not asked.is_yes or by.today < visit.day:
        raise Refused(_("出席は、受け入れた回の当日から記録できます。"))
    if attended > asked.people:
        raise Refused(_("来た人数は、申込みの%(n)s人までです。") % {"n": asked.people}, field="attended")
    asked.attended = attended
    asked.save(update_fields=["attended"])
    record(visit, "visit.count", by=by, concerns=visit.firm, who=asked.asker.name, attended=attended)


@transaction.atomic
def pursue_visit(asked: VisitRequest, *, on: date) -> None:
    """Silence past the day is reminded once, then told to who asked and to the ward."""
    visit = lock(asked.visit)
    asked = VisitRequest.objects.select_related("asker", "asked_by", "visit").get(pk=asked.pk)
    if asked.answered_at is not None or on <= asked.answer_by:
        return
    if asked.reminded_at is None:
        tell_firm(visit, _("申込みへの回答をお願いします"), _("回答の期限を過ぎています。"))
        asked.reminded_at = timezone.now()
    later = answer_due(asked.answer_by, working_days=standard_number("answer.escalates_after", on)).due
    if on >= later and asked.escalated_at is None:
        subject = _("申込みへの回答がありません")
        tell_asker(asked, subject, _("督促しても回答がありません。電話で確かめてください。"))
        tell_wards(subject, on=on)
        asked.escalated_at = timezone.now()
    asked.save(update_fields=["reminded_at", "escalated_at"])


def tell_wards(subject: str, *, on: date) -> None:
    wards = Organisation.objects.of_kind(Kind.WARD).registered_on(on)
    for one in (
        Membership.objects.on(on).leading().filter(organisation__in=wards).select_related("person", "organisation")
    ):
        body = _("見学・インターンシップに、回答のない申込みがあります。")
        notify(one.person, subject=subject, body=body, path=reverse("trials:rounds"), organisation=one.organisation)
