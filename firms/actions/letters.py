"""How a person wants to hear, and the alarm where reminders fall silent."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import LetterWishes, Membership, Notification, Person
from firms.models.letters import ALWAYS, LetterKind, LetterWay
from firms.models.organisations import Role
from firms.post.notify import notify
from firms.post.volume import Volume, volumes
from firms.words.saying import said as _

# The same alarm is not told again within this time.
TOLD_FOR = timedelta(days=6)


@transaction.atomic
def write_wishes(
    ways: dict[str, str], *, quiet_from: time | None, quiet_until: time | None, by: Acting
) -> LetterWishes:
    """Ways that are not named stay as they were; what always comes takes none."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    if (quiet_from is None) != (quiet_until is None):
        raise Refused(
            _("静かな時間は、始まりと終わりの両方を入力するか、両方を空にしてください。"), field="quiet_until"
        )
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refused(_("静かな時間の始まりと終わりが同じです。別の時刻にしてください。"), field="quiet_until")
    held = LetterWishes.objects.filter(person=by.person).first() or LetterWishes(person=by.person)
    named = {kind: LetterWay(way).value for kind, way in ways.items() if kind in set(LetterKind) - ALWAYS}
    held.ways, held.quiet_from, held.quiet_until = held.ways | named, quiet_from, quiet_until
    held.save()
    record(held, "letter_wishes.write", by=by)
    return held


@transaction.atomic
def tell_unusual_volumes(*, now: datetime) -> list[Volume]:
    """The ward hears of each kind whose week is far from the usual, once; what it is told about is answered."""
    odd = [volume for volume in volumes(now=now) if volume.verdict]
    told = [volume for volume in odd if not is_told(subject_of(volume), now=now)]
    for volume in told:
        for person in officers_on(timezone.localdate(now)):
            notify(person, subject=subject_of(volume), body=body_of(volume), path=reverse("firms:letter_volumes"))
    return told


def subject_of(volume: Volume) -> str:
    if volume.verdict == "silent":
        return _("お知らせが途絶えています：%(kind)s") % {"kind": volume.kind.label}
    return _("お知らせが急に増えています：%(kind)s") % {"kind": volume.kind.label}


def body_of(volume: Volume) -> str:
    told = {"kind": volume.kind.label, "now": volume.weeks[-1], "usual": f"{volume.usual:g}"}
    if volume.verdict == "silent":
        return (
            _(
                "「%(kind)s」のお知らせは、この7日間に%(now)d件でした。いつもは週に%(usual)s件ほどです。\n"
                "休みの週なら心配ありません。思い当たらないときは、届くはずの知らせが届いていない恐れがあります。システムの運用担当に伝えてください。"
            )
            % told
        )
    return (
        _(
            "「%(kind)s」のお知らせは、この7日間に%(now)d件でした。いつもは週に%(usual)s件ほどです。\n"
            "まとまった申込みや取込みがなかったときは、同じ知らせが繰り返されている恐れがあります。システムの運用担当に伝えてください。"
        )
        % told
    )


def is_told(subject: str, *, now: datetime) -> bool:
    return Notification.objects.filter(subject=subject, created_at__gt=now - TOLD_FOR).exists()


def officers_on(day: date) -> list[Person]:
    memberships = Membership.objects.on(day).filter(role=Role.OFFICER, person__is_active=True)
    return list({one.person_id: one.person for one in memberships.select_related("person")}.values())
