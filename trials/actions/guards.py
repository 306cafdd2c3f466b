"""What must hold before two sides are brought together, each refusal in the words of its rule and with its source."""

from collections.abc import Iterable
from datetime import date

from firms.errors import Refused
from firms.models import Organisation, Person
from firms.words.days import day_words
from firms.words.names import plain
from firms.words.saying import said as _
from trials.actions.moving import quoted
from trials.models import JobSeeker, Licence, PastJob, Placement, Posting
from trials.queries.lapses import kinds_needed
from trials.rules import contract_term, former_employer_bar, minimum_wage, trial_limits

BOTH_LICENCES = "労働者派遣法2条4号・5条; 職業安定法30条"


def lock_person(placement: Placement) -> None:
    """Two hosts that take the same person at once do so one after the other."""
    Person.objects.select_for_update(of=("self",)).get(pk=placement.person_id)


def refuse_without_consent(seeker: JobSeeker) -> None:
    given = set(seeker.consents.in_force().values_list("recipient", "purpose"))
    if missing := {("agency", "matching"), ("host", "matching")} - given:
        whom = _("受入企業に知らせること") if ("host", "matching") in missing else _("派遣元が紹介に使うこと")
        raise Refused(
            quoted(
                _("本人が、%(what)sに同意していません。本人に確かめてください。") % {"what": whom}, "職業安定法5条の5"
            )
        )


def refuse_low_wage(posting: Posting, *, hourly_yen: int | None, on: date) -> None:
    """Below the least wage never; where nobody knows the figure of the day, only when the firm has looked it up."""
    if hourly_yen is None:
        return
    answer = minimum_wage(posting.establishment.prefecture, on, hourly_yen=hourly_yen)
    if answer.passes is False or (answer.passes is None and not posting.wage_is_checked):
        raise Refused(quoted(answer.because, answer.source), field="hourly_yen")


def refuse_former_employer(seeker: JobSeeker, host: Organisation, *, start: date) -> None:
    for job in theirs(seeker.past_jobs.all(), host):
        if job.left_on is None:
            raise Refused(
                quoted(
                    _("職歴では「%(name)s」にまだ在籍しています。離職日を確かめてください。") % {"name": job.employer},
                    "労働者派遣法35条の5・40条の9",
                )
            )
        bar = former_employer_bar(job.left_on, start, retired_over_60=job.is_retiree_over_60)
        if not bar.clear:
            raise Refused(quoted(bar.because + bar.note, bar.source), field="starts_on")


def theirs(jobs: Iterable[PastJob], host: Organisation) -> list[PastJob]:
    """Of the same firm, as registered or as written."""
    return [job for job in jobs if job.firm_id == host.pk or plain(job.employer) == plain(host.name)]


def earlier_trials(placement: Placement) -> int:
    """Those of the person in the programme that reached work, whatever round they were in."""
    begun = Placement.objects.filter(
        person=placement.person_id,
        seeker__round__programme=placement.seeker.round.programme,
        started_on__isnull=False,
    )
    return begun.exclude(pk=placement.pk).count()


def refuse_over_limits(placement: Placement, *, first: date, last: date) -> None:
    rules = placement.seeker.round.rules
    limits = trial_limits(
        first,
        last,
        legal_kind=rules.legal_kind,
        months_per_trial=rules.months_per_trial,
        trials_per_person=rules.trials_per_person,
        earlier_trials=earlier_trials(placement),
    )
    if not limits.allowed:
        raise Refused(quoted(limits.because, limits.source or rules.source), field="last_on")


def refuse_daily_work(*, first: date, last: date, exception: str) -> None:
    term = contract_term(first, last, exception=exception or None)
    if not term.allowed:
        raise Refused(quoted(term.because, term.source), field="last_on")


def refuse_unlicensed(placement: Placement, *, first: date, last: date) -> None:
    """Each licence the trial needs, on every day of it."""
    held = Licence.objects.filter(agency=placement.seeker.agency_id).covering(first, last)
    for kind in kinds_needed(placement):
        if not held.filter(kind=kind).exists():
            raise Refused(
                quoted(
                    _(
                        "派遣元の「%(kind)s」の許可が、%(first)sから%(last)sまでの全部の日には有効ではありません。区に登録を確かめてください。"
                    )
                    % {"kind": kind.label, "first": day_words(first), "last": day_words(last)},
                    BOTH_LICENCES,
                )
            )


def refuse_overlap(placement: Placement, *, first: date, last: date) -> None:
    other = Placement.objects.filter(person=placement.person_id).exclude(pk=placement.pk).overlapping(first, last)
    if other.exists():
        raise Refused(
            _("この人は、その期間に別のトライアルの契約があります。日付を変えるか、別の人を選んでください。"),
            field="starts_on",
        )
