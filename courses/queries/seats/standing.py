"""Where an enrolment stands, in words, with what the trainee and the firm do next."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy

from courses.models import Enrolment
from courses.states import EnrolmentState
from firms.words.saying import said as _

# Derived from the days of the run: the row itself stays 受講決定 until completion is decided.
TAKING_PART, TAUGHT = gettext_lazy("受講中"), gettext_lazy("修了の判定待ち")

TONES = {
    EnrolmentState.REQUESTED: "warning",
    EnrolmentState.APPLIED: "info",
    EnrolmentState.WAITLISTED: "warning",
    EnrolmentState.OFFERED: "solid",
    EnrolmentState.ACCEPTED: "success",
    EnrolmentState.COMPLETED: "success",
    EnrolmentState.REJECTED: "error",
}

# By state: what the trainee reads, what the firm's manager reads.
NEXT = {
    EnrolmentState.REQUESTED: (
        gettext_lazy("会社の承認を待っています。承認されると申込みになります。"),
        gettext_lazy("費用と見込みを確かめて、承認か見送りを答えてください。"),
    ),
    EnrolmentState.APPLIED: (
        gettext_lazy("申込締切日のあと、結果が届きます。それまですることはありません。"),
        gettext_lazy("申込締切日のあと、連携校から結果が届きます。"),
    ),
    EnrolmentState.COMPLETED: (
        gettext_lazy("修了しました。修了証を受け取れます。"),
        gettext_lazy("修了しました。"),
    ),
    EnrolmentState.NOT_COMPLETED: (
        gettext_lazy("修了の条件に届きませんでした。出席の記録を確かめてください。"),
        gettext_lazy("修了の条件に届きませんでした。出席の記録を確かめてください。"),
    ),
    EnrolmentState.DECLINED: (gettext_lazy("事情は会社の管理者にお尋ねください。"), ""),
    EnrolmentState.REJECTED: (
        gettext_lazy("ほかの開講をお選びください。"),
        gettext_lazy("ほかの開講をお選びください。"),
    ),
}


@dataclass(frozen=True)
class Standing:
    """`trainee` and `firm` say what is next for each of them."""

    word: str
    tone: str
    trainee: str
    firm: str


def standing(
    enrolment: Enrolment, *, first: date | None, last: date | None, on: date, place: int | None = None
) -> Standing:
    """`first` and `last` are the run's own days; `place` is the one in the queue."""
    state = EnrolmentState(enrolment.state)
    tone = TONES.get(state, "neutral")
    if state == EnrolmentState.ACCEPTED:
        return seated(first=first, last=last, on=on)
    if state == EnrolmentState.WAITLISTED:
        said = waiting(place)
        return Standing(str(state.label), tone, said, said)
    if state == EnrolmentState.OFFERED:
        said = offered(enrolment)
        return Standing(str(state.label), tone, said, said)
    trainee, firm = NEXT.get(state, ("", ""))
    return Standing(str(state.label), tone, str(trainee), str(firm))


def seated(*, first: date | None, last: date | None, on: date) -> Standing:
    if last is not None and last < on:
        return Standing(
            str(TAUGHT),
            "info",
            _("連携校が修了を判定すると、お知らせが届きます。"),
            _("連携校が修了を判定すると、お知らせが届きます。"),
        )
    if first is not None and first <= on:
        return Standing(
            str(TAKING_PART),
            "info",
            _("日程と、受けた時間をここで確かめられます。"),
            _("出席状況の画面で、時間を確かめられます。"),
        )
    begins = _("%(month)s月%(day)s日に始まります。") % {"month": first.month, "day": first.day} if first else ""
    return Standing(str(EnrolmentState.ACCEPTED.label), "success", begins, begins)


def waiting(place: int | None) -> str:
    where = _("%(place)s番目です。") % {"place": place} if place else ""
    return where + _("席が空くと順にお知らせし、受けるかどうかをお尋ねします。")


def offered(enrolment: Enrolment) -> str:
    until = timezone.localtime(enrolment.answer_until) if enrolment.answer_until else None
    if until is None:
        return ""
    return _("席が空きました。%(month)s月%(day)s日の終わりまでに、受けるかどうかを答えてください。") % {
        "month": until.month,
        "day": until.day,
    }
