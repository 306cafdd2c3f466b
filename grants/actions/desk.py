"""Who of an office works for a client: named, handed over with everything, stood in for."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.models import Assignment, Deputy, SavedView
from grants.models.cases import grant_clients
from grants.queries.desk import clients, colleagues

# More names than anybody looks through.
MOST_VIEWS = 20
# Longer than any leave there is; a year typed wrong is noticed.
LONGEST_DAYS = 3 * 366


@transaction.atomic
def give_clients(firms: Iterable[Organisation], *, to: Person, note: str, by: Acting) -> int:
    """From now on `to` works for these clients. Whoever did before and whoever does now are told; tells how many moved."""
    refuse_stranger(to, by=by, field="to")
    office = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    wanted = {firm.pk: firm for firm in firms}
    if outside := wanted.keys() - grant_clients(by):
        raise Refused(_("委任を受けていない企業が含まれています：%(firm)s") % {"firm": wanted[min(outside)]})
    before = {firm.pk: firm.keeper for firm in clients(by).filter(pk__in=wanted)}
    moved = [firm for pk, firm in wanted.items() if before[pk] != to.pk]
    for firm in moved:
        give_one(office, firm, to=to, note=note, by=by)
    tell_handed_over(office, moved, before=before, to=to, note=note, by=by)
    return len(moved)


def give_one(office: Organisation, firm: Organisation, *, to: Person, note: str, by: Acting) -> None:
    Assignment.objects.held().filter(office=office, firm=firm).update(ended_at=timezone.now())
    made = Assignment.objects.create(office=office, firm=firm, person=to, note=note, given_by=by.person)
    # Of the office alone: the firm's own journal is not told how its office divides the work.
    record(made, "assignment.give", by=by, concerns=office, who=to.full_name, note=note)


def tell_handed_over(
    office: Organisation, firms: list[Organisation], *, before: dict[int, int], to: Person, note: str, by: Acting
) -> None:
    names = "\n".join(f"・{firm.name}" for firm in firms)
    for person in Person.objects.filter(pk__in={to.pk, *(before[firm.pk] for firm in firms)}).exclude(pk=by.person.pk):
        subject = _("担当する顧問先が%(n)s社増えました") if person.pk == to.pk else _("顧問先を%(n)s社引き継ぎました")
        count = len(firms) if person.pk == to.pk else sum(before[firm.pk] == person.pk for firm in firms)
        mine = names if person.pk == to.pk else "\n".join(f"・{f.name}" for f in firms if before[f.pk] == person.pk)
        notify(
            person,
            subject=subject % {"n": count},
            body="\n\n".join(filter(None, [_("新しい担当：%(who)s") % {"who": to.full_name}, mine, note])),
            path=reverse("grants:desk"),
            organisation=office,
        )


@transaction.atomic
def appoint_deputy(person: Person, *, deputy: Person, starts_on: date, last_on: date, by: Acting) -> Deputy:
    """While they are away, letters about their clients' dates reach the deputy too."""
    refuse_stranger(person, by=by, field="person")
    refuse_stranger(deputy, by=by, field="deputy")
    if person.pk == deputy.pk:
        raise Refused(_("代理には、不在にする人とは別の人を選んでください。"), field="deputy")
    if last_on < starts_on:
        raise Refused(_("最終日が初日より前になっています。"), field="last_on")
    if last_on < by.today:
        raise Refused(_("もう終わった期間です。これからの日を入力してください。"), field="last_on")
    if (last_on - starts_on).days > LONGEST_DAYS:
        raise Refused(_("期間が3年を超えています。日付を確かめてください。"), field="last_on")
    office = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    known = Deputy.objects.within(starts_on, last_on).filter(office=office)
    if held := known.filter(person=person).first():
        raise Refused(
            _("%(who)sさんには %(first)s から %(last)s までの不在がもうあります。先にそれを取り消してください。")
            % {"who": person.full_name, "first": day_words(held.starts_on), "last": day_words(held.last_on)},
            field="starts_on",
        )
    if known.filter(person=deputy).exists():
        raise Refused(_("代理の人も、その期間に不在です。別の人を選んでください。"), field="deputy")
    made = Deputy.objects.create(
        office=office, person=person, deputy=deputy, starts_on=starts_on, last_on=last_on, told_by=by.person
    )
    record(made, "deputy.appoint", by=by, concerns=office, who=deputy.full_name)
    if deputy.pk != by.person.pk:
        notify(
            deputy,
            subject=_("%(who)sさんの代理をお願いします") % {"who": person.full_name},
            body=_("%(first)s から %(last)s まで、顧問先の期限のお知らせがあなたにも届きます。")
            % {"first": day_words(starts_on), "last": day_words(last_on)},
            path=reverse("grants:desk"),
            organisation=office,
        )
    return made


@transaction.atomic
def end_deputy(deputy: Deputy, *, by: Acting) -> None:
    """Ending twice is ending once."""
    row = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    if row.ended_at is not None:
        return
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    record(row, "deputy.end", by=by, concerns=row.office_id, who=row.deputy.full_name)


def refuse_stranger(person: Person, *, by: Acting, field: str) -> None:
    if not colleagues(by.organisation_id, on=by.today).filter(pk=person.pk).exists():
        raise Refused(_("この事務所の人を選んでください。"), field=field)


@transaction.atomic
def save_view(name: str, *, query: str, by: Acting) -> SavedView:
    """A name used again means the new words. Nobody else's list is touched, so the journal is not told."""
    office = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    own = SavedView.objects.filter(person=by.person, office=office)
    if not query:
        raise Refused(_("まだ何も絞り込んでいません。条件を選んでから保存してください。"))
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Refused(_("保存できる絞込みは%(n)s個までです。使わないものを消してください。") % {"n": MOST_VIEWS})
    made, _is_new = SavedView.objects.update_or_create(
        person=by.person, office=office, name=name, defaults={"query": query}
    )
    return made
