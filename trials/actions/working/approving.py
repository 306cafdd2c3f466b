"""The host's word on each day, by account or by a link from a mail; the agency's word where hours are beyond its 36協定."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.links import Receiver, send_link
from firms.errors import Refused
from firms.journal import record
from firms.links.purposes import Guest
from firms.models import ActionLink
from firms.words.days import day_words
from firms.words.names import plain
from firms.words.saying import said as _
from trials.actions.moving import locked, quoted
from trials.actions.telling import tell
from trials.models import DayEntry, DayWord, Placement, WorkMonth
from trials.queries.working import DayRow, last_day_in, rows_of
from trials.rules import link_days
from trials.states import MonthState, Party

APPROVE = "trials.approve"
# A month has no more days, and each may be approved on its own.
MOST_USES = 62
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Said:
    """What was chosen for one telling of a day: its row's number, yes or no, and the words to a no."""

    entry: int
    is_ok: bool
    words: str = ""


@dataclass(frozen=True)
class Speaker:
    """Who says it: an account, or whoever acts by a link under the name they gave."""

    name: str
    position: str = ""
    by: Acting | None = None
    link: ActionLink | None = None


@transaction.atomic
def approve(month: WorkMonth, said: Mapping[int, Said], *, by: Acting) -> int:
    """By an account of the host."""
    return say(locked_month(month), said, speaker=Speaker(by.person.full_name, by=by))


def locked_month(month: WorkMonth) -> WorkMonth:
    """The trial before its month, as by everything that writes days."""
    placement = locked(Placement(pk=month.placement_id))
    month = WorkMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    month.placement = placement
    return month


def approve_by_link(guest: Guest, given: Mapping[str, object]) -> None:
    """Of one trial and one month. The trialist's own name is not the host's."""
    month = locked_month(WorkMonth.objects.get(pk=guest.link.subject_id))
    if plain(guest.name) == plain(month.placement.person.full_name):
        raise Refused(_("勤務した本人は、自分の勤務を承認できません。受入企業の方が操作してください。"), field="name")
    said = said_in(given)
    say(month, said, speaker=Speaker(guest.name, guest.position, link=guest.link))


def said_in(given: Mapping[str, object]) -> dict[int, Said]:
    """The form's fields by the number of the row: `d12` is the choice, `d12-words` the reason."""
    chosen = {
        name[1:]: value for name, value in given.items() if name.startswith("d") and name[1:].isdecimal() and value
    }
    return {
        int(number): Said(int(number), value == YES, str(given.get(f"d{number}-words") or ""))
        for number, value in chosen.items()
    }


def say(month: WorkMonth, said: Mapping[int, Said], *, speaker: Speaker) -> int:
    """What was corrected since the page was shown is said nothing to; answers how many days were spoken to."""
    refuse_closed(month)
    if not said:
        raise Refused(_("承認する日を選んでください。"))
    rows = {row.entry.pk: row for row in rows_of(month) if row.entry}
    if set(said) - set(rows):
        raise Refused(_("画面を開いたあとに直された日があります。開き直して、いまの内容を確かめてください。"))
    fresh = [(rows[pk], one) for pk, one in said.items() if rows[pk].host is None]
    for row, one in fresh:
        say_one(row, one, speaker=speaker)
    told: dict[str, Any] = {"days": len(fresh), "who": speaker.name, "position": speaker.position}
    if fresh:
        record(month, "workmonth.approve", by=speaker.by, concerns=month.placement.seeker.agency_id, **told)
        tell_objections(month, [(row, one) for row, one in fresh if not one.is_ok])
    return len(fresh)


def refuse_closed(month: WorkMonth) -> None:
    if month.state == MonthState.CLOSED:
        raise Refused(_("この月は締め済みです。直すところがあれば、派遣元に月を開き直してもらってください。"))


def say_one(row: DayRow, said: Said, *, speaker: Speaker) -> None:
    entry = row.entry
    assert entry is not None
    if entry.is_open:
        raise Refused(_("%(day)sは、退勤がまだ記録されていません。") % {"day": day_words(entry.on)})
    if not said.is_ok and not said.words:
        raise Refused(
            _("%(day)sを承認しないときは、違うところを書いてください。") % {"day": day_words(entry.on)},
            field=f"d{entry.pk}-words",
        )
    if said.is_ok and row.is_over and row.agency is None:
        assert row.overtime is not None
        raise Refused(
            quoted(
                _("%(day)s：%(because)s派遣元の担当者が確かめるまで、この日は承認できません。")
                % {"day": day_words(entry.on), "because": row.overtime.because},
                row.overtime.source,
            ),
            field=f"d{entry.pk}",
        )
    DayWord.objects.create(
        entry=entry,
        side=Party.HOST,
        is_ok=said.is_ok,
        words=said.words,
        person=speaker.by.person if speaker.by else None,
        link=speaker.link,
        name=speaker.name,
        position=speaker.position,
    )


def tell_objections(month: WorkMonth, objections: list[tuple[DayRow, Said]]) -> None:
    for row, said in objections:
        body = _(
            "%(day)sの勤務に、受入企業から「%(words)s」と返事がありました。確かめて、違っていれば直してください。"
        ) % {
            "day": day_words(row.on),
            "words": said.words,
        }
        tell(month.placement, Party.WORKER, Party.AGENCY, subject=_("勤務が承認されませんでした"), body=body)


@transaction.atomic
def confirm_over_limit(entry: DayEntry, *, words: str, by: Acting) -> DayWord:
    """The agency has seen the day beyond its 36協定 and says what it does; then the host may approve what was worked."""
    month = locked_month(entry.month)
    refuse_closed(month)
    row = next((one for one in rows_of(month) if one.entry and one.entry.pk == entry.pk), None)
    if row is None:
        raise Refused(_("この記録はあとから直されています。画面を開き直して、いまの内容を確かめてください。"))
    if not row.is_over:
        raise Refused(_("この日は36協定の限度の中です。確認は要りません。"))
    if row.agency:
        return row.agency
    word = DayWord.objects.create(
        entry=entry, side=Party.AGENCY, is_ok=True, words=words, person=by.person, name=by.person.full_name
    )
    record(entry, "workday.confirm", by=by, concerns=month.placement.seeker.agency_id, reason=words)
    tell(
        month.placement,
        Party.HOST,
        subject=_("時間外労働を派遣元が確かめました"),
        body=_("%(day)sの勤務を承認できます。") % {"day": day_words(entry.on)},
    )
    return word


@transaction.atomic
def send_approval(month: WorkMonth, *, name: str, email: str, by: Acting) -> ActionLink:
    """A link for one named receiver at the host, for this trial and this month alone."""
    month = locked_month(month)
    refuse_closed(month)
    person = month.placement.person
    if email.casefold() == (person.email or "").casefold() or plain(name) == plain(person.full_name):
        raise Refused(_("勤務した本人に、承認のリンクは送れません。受入企業の方を宛先にしてください。"), field="email")
    host = month.placement.host
    assert host is not None
    assert by.organisation is not None
    last = last_day_in(month) + timedelta(days=link_days(by.today))
    until = timezone.make_aware(datetime.combine(max(last, by.today), time(23, 59)))
    return send_link(
        month,
        purpose=APPROVE,
        to=Receiver(name, host.name, email),
        term=until - timezone.now(),
        owner=by.organisation,
        by=by,
        uses=MOST_USES,
    )
