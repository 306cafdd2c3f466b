"""Approvers in order: named, asked, answered; one who left is followed by another; then published, or withdrawn."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Person
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.actions.manuals.writing import drafted, locked
from mentors.models import Approval, ApprovalWord, Approver, ManualVersion, ReviewReminder, SkillManual
from mentors.models.manuals.approving import Verdict
from mentors.queries.manuals import asked_now, has_left, may_be_approvers, turn_of, why_not_ready
from mentors.rules import remind_on, review
from mentors.states import ManualState

MOST_APPROVERS = 5
NOT_READY = {
    "people": "写っている人を挙げるか、「人は写っていません」と記録してください。",
    "consents": "写っている人の同意が、まだそろっていません。",
    "drawings": "第三者の図面に、まだ確かめていないものがあります。",
    "captions": "区内で共有する動画には字幕が要ります。新しい版で字幕を付けるか、「共有」で見られる人を狭めてください。",
}


@transaction.atomic
def name_approvers(manual: SkillManual, people: Sequence[Person], *, by: Acting) -> None:
    """In this order, for the next time it is handed in."""
    manual = locked(manual)
    if not people:
        raise Refused(_("承認者を1人以上選んでください。"))
    if len(people) > MOST_APPROVERS or len({one.pk for one in people}) != len(people):
        raise Refused(_("承認者は、違う人を%(n)s人まで選んでください。") % {"n": MOST_APPROVERS})
    refuse_strangers(manual, people, by=by)
    manual.approvers.all().delete()
    Approver.objects.bulk_create(
        Approver(manual=manual, number=number, person=person) for number, person in enumerate(people, 1)
    )
    record(manual, "manual.name_approvers", by=by, concerns=manual.firm, who="、".join(one.full_name for one in people))


def refuse_strangers(manual: SkillManual, people: Sequence[Person], *, by: Acting) -> None:
    known = {one.pk for one in may_be_approvers(manual, on=by.today)}
    if any(one.pk not in known for one in people):
        raise Refused(_("承認者は、自社の人か、この職種の公開名簿に載っているマイスターから選んでください。"))


@transaction.atomic
def hand_in_manual(manual: SkillManual, *, by: Acting) -> None:
    """The approvers of now are asked, the first of them is told."""
    version = drafted(manual)
    people = [one.person for one in version.manual.approvers.select_related("person")]
    if not people:
        raise Refused(_("承認者がまだ決まっていません。先に承認者を順に決めてください。"))
    if by.person.pk in {one.pk for one in people}:
        raise Refused(_("自分で出すマニュアルを、自分で承認することはできません。承認者を替えてください。"))
    refuse_strangers(version.manual, people, by=by)
    if not version.plays and not version.steps.exists():
        raise Refused(_("動画も手順もありません。どちらかを入れてから出してください。"))
    turn = version.round + 1
    move(
        version,
        ManualState.REVIEWING,
        by=by,
        verb="manual.hand_in",
        concerns=version.manual.firm,
        round=turn,
        because="",
    )
    for number, person in enumerate(people, 1):
        Approval.objects.create(version=version, round=turn, number=number, approver=person)
    tell_next(version)


def tell_next(version: ManualVersion) -> None:
    now = turn_of(asked_now(version))
    if now:
        tell(
            now.approver,
            version,
            _("承認のお願い: %(title)s"),
            _("動画と手順を見て、承認するか、理由を添えて差し戻してください。"),
        )


def tell(person: Person, version: ManualVersion, subject: str, body: str) -> None:
    path = reverse("mentors:manual", args=[version.manual_id])
    notify(person, subject=subject % {"title": version.title}, body=body, path=f"{path}?version={version.number}")


def reviewed(approval: Approval) -> tuple[ManualVersion, list[Approval]]:
    """Under the manual's lock, the version in this round and who is asked about it."""
    locked(approval.version.manual)
    version = ManualVersion.objects.select_related("manual__firm", "manual__keeper").get(pk=approval.version_id)
    if version.state != ManualState.REVIEWING or version.round != approval.round:
        raise Refused(_("この版は、いま承認待ちではありません。画面を開き直してください。"))
    return version, asked_now(version)


@transaction.atomic
def answer_approval(approval: Approval, *, verdict: str, reason: str, by: Acting) -> None:
    """Each when those before have approved. Giving it back ends the round."""
    version, asked = reviewed(approval)
    now = turn_of(asked)
    if now is None or now.pk != approval.pk:
        raise Refused(_("まだ順番ではないか、すでに答えています。画面を開き直してください。"))
    if has_left(now.approver, version.manual.firm_id, on=by.today):
        raise Refused(_("もうこの企業の承認者ではありません。担当の方に、ほかの人への交代を頼んでください。"))
    if verdict == Verdict.RETURN and not reason:
        raise Refused(_("差し戻す理由を書いてください。"), field="reason")
    ApprovalWord.objects.create(approval=now, verdict=verdict, reason=reason)
    firm = version.manual.firm
    if verdict == Verdict.RETURN:
        told = {"reason": reason}
        move(version, ManualState.DRAFT, by=by, verb="manual.return", concerns=firm, told=told, because=reason)
        tell(version.manual.keeper, version, _("差し戻されました: %(title)s"), reason)
        return
    record(version.manual, "manual.approve", by=by, concerns=firm, number=version.number)
    if turn_of(asked_now(version)):
        tell_next(version)
        return
    move(version, ManualState.APPROVED, by=by, verb="manual.approve_all", concerns=firm)
    body = _("全員が承認しました。写っている人の同意を確かめて、公開してください。")
    tell(version.manual.keeper, version, _("承認されました: %(title)s"), body)


@transaction.atomic
def replace_approver(approval: Approval, person: Person, *, because: str, by: Acting) -> Approval:
    """For one who left or cannot answer: a further row with the reason; what others have approved stands."""
    version, asked = reviewed(approval)
    if approval.pk not in {one.pk for one in asked} or approval.said is not None:
        raise Refused(_("この承認者は、もう替えられません。画面を開き直してください。"))
    if person.pk in {one.approver_id for one in asked} | {by.person.pk}:
        raise Refused(_("すでに承認者になっている人か、自分自身です。ほかの人を選んでください。"), field="person")
    refuse_strangers(version.manual, [person], by=by)
    made = Approval.objects.create(
        version=version,
        round=approval.round,
        number=approval.number,
        approver=person,
        instead_of=approval,
        because=because,
    )
    version.manual.approvers.filter(person=approval.approver_id).update(person=person)
    told = {"who": f"{approval.approver.full_name} → {person.full_name}", "reason": because}
    record(version.manual, "manual.replace_approver", by=by, concerns=version.manual.firm, **told)
    now = turn_of(asked_now(version))
    if now and now.pk == made.pk:
        tell_next(version)
    return made


# --- published, withdrawn, looked at again ---


@transaction.atomic
def publish_manual(manual: SkillManual, *, by: Acting) -> None:
    """With every consent in force; the version before is an old one from this moment."""
    manual = locked(manual)
    version = manual.versions.filter(state=ManualState.APPROVED).first()
    if version is None:
        raise Refused(_("全員が承認した版がありません。画面を開き直してください。"))
    version.manual = manual
    if missing := why_not_ready(version):
        raise Refused(" ".join(_(NOT_READY[one]) for one in missing))
    now = timezone.now()
    for old in manual.versions.published():
        move(old, ManualState.REPLACED, by=by, verb="manual.replace", concerns=manual.firm, ended_at=now)
    move(version, ManualState.PUBLISHED, by=by, verb="manual.publish", concerns=manual.firm, published_at=now)
    SkillManual.objects.filter(pk=manual.pk).update(title=version.title)
    set_review(manual, review(by.today).review_on)


@transaction.atomic
def withdraw_manual(manual: SkillManual, *, because: str, by: Acting) -> None:
    """What is published, and what is being written of it."""
    manual = locked(manual)
    versions = [*manual.versions.published(), *manual.versions.open()]
    if not versions:
        raise Refused(_("このマニュアルは、すでに取り下げられています。"))
    for version in versions:
        told = {"reason": because}
        facts = {"because": because, "ended_at": timezone.now()}
        move(version, ManualState.WITHDRAWN, by=by, verb="manual.withdraw", concerns=manual.firm, told=told, **facts)


def set_review(manual: SkillManual, on: date) -> None:
    """Reminders not sent yet follow the new day."""
    SkillManual.objects.filter(pk=manual.pk).update(review_on=on)
    manual.reminders.filter(sent_at=None).delete()
    for due in remind_on(on):
        ReviewReminder.objects.get_or_create(manual=manual, due_on=due, defaults={"review_on": on})


@transaction.atomic
def put_off_review(manual: SkillManual, *, on: date, by: Acting) -> None:
    """The keeper has looked at it and says when to look again."""
    manual = locked(manual)
    if on <= by.today:
        raise Refused(_("見直す日は、明日からの日にしてください。"), field="on")
    set_review(manual, on)
    record(manual, "manual.put_off_review", by=by, concerns=manual.firm, change=day_words(on))


@transaction.atomic
def remind_of_review(reminder: ReviewReminder, *, on: date) -> None:
    """Once for all that is due by now, and of what is published alone."""
    row = ReviewReminder.objects.select_for_update(of=("self",)).select_related("manual__firm").get(pk=reminder.pk)
    if row.sent_at is not None:
        return
    ReviewReminder.objects.filter(manual=row.manual_id, due_on__lte=on, sent_at=None).update(sent_at=timezone.now())
    manual = SkillManual.objects.select_related("keeper", "firm").get(pk=row.manual_id)
    if not manual.versions.published().exists():
        return
    record(manual, "manual.remind_review", by=None, concerns=manual.firm)
    notify(
        manual.keeper,
        subject=_("マニュアルを見直す日: %(title)s（%(day)s）")
        % {"title": manual.title, "day": day_words(manual.review_on)},
        body=_(
            "いまのやり方と違うところがないかを確かめ、違えば新しい版を作り、同じなら次に見直す日を決めてください。"
        ),
        path=reverse("mentors:manual", args=[manual.pk]),
        organisation=manual.firm,
    )
