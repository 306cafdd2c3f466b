"""A round in numbers: for the ward counts that tell of nobody, for an agency its own people's in full."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firms.models import Organisation
from trials.models import Answer, ClosedWith, Intent, Placement, Proposal, Round
from trials.models.agreement import TWO_SIDES
from trials.rules import (
    DENOMINATORS,
    LEAVINGS,
    Definition,
    Share,
    TrialRow,
    groups_of,
    intent_dates,
    median_shown,
    share,
    shown_counts,
)
from trials.states import AT_WORK, BEFORE_MATCHING, HIRED, Party, PlacementState

Label = str | Promise
S = PlacementState
# Where a trial stands now; every trial of the round is in one of them.
STANDINGS: dict[str, tuple[Label, tuple[str, ...]]] = {
    "preparing": (_("登録・準備"), BEFORE_MATCHING),
    "matching": (_("打診・契約"), (S.MATCHING, S.TERMS_PENDING, S.CONTRACTED, S.READY)),
    "working": (_("就労・意向確認"), AT_WORK),
    "hiring": (_("採用の手続き"), (S.MUTUAL_AGREED, S.OFFERED)),
    "hired": (_("正社員に転換"), HIRED),
    "over": (_("転換せず・終結"), (S.WORKER_DECLINED, S.HOST_DECLINED, S.TERMINATED, S.CLOSED)),
}
DENOMINATOR_WORDS: dict[str, Label] = {
    "started": _("開始した"),
    "finished": _("最後の日まで働いた"),
    "answered": _("双方が意向を答えた"),
}
LASTING_WORDS: dict[str, Label] = {
    "retained": _("在籍"),
    "voluntary": _("自己都合の離職"),
    "dismissal": _("解雇"),
    "mutual": _("合意による退職"),
    "unknown": _("わからない"),
}


@dataclass(frozen=True)
class Rate:
    """One rate with what it is a share of; `code` is its denominator."""

    code: str
    label: Label
    by_trial: Share
    by_person: Share


@dataclass(frozen=True)
class Measure:
    """One figure of the process, and how it is reckoned; None where it would tell of a few."""

    label: Label
    meaning: Label
    days: int | None = None
    share: Share | None = None


@dataclass(frozen=True)
class Counted:
    """`number` is None where showing it might tell who it is."""

    label: Label
    number: int | None


@dataclass(frozen=True)
class Numbers:
    definition: Definition
    rates: list[Rate]
    lasting: list[Counted]
    retention: Share
    process: list[Measure]
    standings: list[Counted]

    @property
    def against_target(self) -> Decimal | None:
        """The rate the programme's target is put against, of trials."""
        return next(one for one in self.rates if one.code == self.definition.target_of).by_trial.percent

    @property
    def reaches_target(self) -> bool | None:
        found = self.against_target
        return None if found is None else found >= self.definition.target_percent


def numbers_of(round: Round, *, on: date, agency: Organisation | None = None) -> Numbers:
    """`agency` reads of its own people alone, and every figure of theirs."""
    definition = round.counted_by
    least = 1 if agency else definition.least_shown
    trials = Placement.objects.filter(seeker__round=round)
    if agency:
        trials = trials.filter(seeker__agency=agency)
    rows = list(trials.order_by().annotate(said=Count("intents"), ended=Count("termination")))
    groups = groups_of((trial_row(one, on=on) for one in rows), definition, on=on)
    standing = {
        code: frozenset(one.pk for one in rows if one.state in states) for code, (_w, states) in STANDINGS.items()
    }
    counts = shown_counts(groups | standing, least=least)
    return Numbers(
        definition=definition,
        rates=[rate_of(code, counts) for code in DENOMINATORS],
        lasting=[Counted(LASTING_WORDS[code], counts[code]) for code in ("retained", *LEAVINGS)],
        retention=share(counts, "retained", "due"),
        process=process_of(rows, round, least=least),
        standings=[Counted(label, counts[code]) for code, (label, _among) in STANDINGS.items()],
    )


def rate_of(code: str, counts: Mapping[str, int | None]) -> Rate:
    return Rate(
        code,
        DENOMINATOR_WORDS[code],
        by_trial=share(counts, f"converted_{code}", code),
        by_person=share(counts, f"people_converted_{code}", f"people_{code}"),
    )


def trial_row(one: Placement, *, on: date) -> TrialRow:
    return TrialRow(
        key=one.pk,
        person=one.person_id,
        started_on=one.started_on,
        finished=one.last_on is not None and one.last_on < on and not one.ended,  # type: ignore[attr-defined]
        answered=one.said == len(TWO_SIDES),  # type: ignore[attr-defined]
        trial_end=one.last_on,
        hired_on=one.hired_on,
        is_retained=one.state == S.RETAINED_6M or one.closed_with == ClosedWith.SUCCESS,
        left_on=one.left_on,
        left_because=one.left_because,
    )


def process_of(trials: Sequence[Placement], round: Round, *, least: int) -> list[Measure]:
    """How long people wait, and how often the day is kept; a few of anything are not told."""
    pks = [one.pk for one in trials]
    answers = list(Answer.objects.filter(proposal__placement__in=pks).select_related("proposal"))
    on_time = {"answers": keyed(answers), "kept": keyed(one for one in answers if is_in_time(one))}
    intents = list(Intent.objects.filter(placement__in=pks).select_related("placement"))
    said = {"answers": keyed(intents), "kept": keyed(one for one in intents if is_said_in_time(one, round))}
    return [
        *[
            Measure(label, _("提示から回答までの日数の中央値"), days=median_shown(waits(answers, side), least=least))
            for side, label in ((Party.HOST, _("受入企業の回答")), (Party.WORKER, _("本人の回答")))
        ],
        Measure(_("打診への回答が期限内"), _("回答のうち期限の日までのもの"), share=shared(on_time, least=least)),
        Measure(_("意向の回答が期限内"), _("意向のうち期限の日までのもの"), share=shared(said, least=least)),
        Measure(
            _("登録から開始まで"),
            _("登録の日から就労を始めた日までの中央値"),
            days=median_shown(until_start(trials), least=least),
        ),
        Measure(
            _("次の受入先の提示まで"),
            _("前のトライアルの終結から次の求人の提示までの中央値"),
            days=median_shown(until_next(trials), least=least),
        ),
    ]


def keyed(rows: Iterable[Answer] | Iterable[Intent]) -> frozenset[int]:
    return frozenset(one.pk for one in rows)


def shared(groups: Mapping[str, frozenset[int]], *, least: int) -> Share:
    return share(shown_counts(groups, least=least), "kept", "answers")


def is_in_time(answer: Answer) -> bool:
    return timezone.localdate(answer.answered_at) <= answer.proposal.answer_by


def is_said_in_time(intent: Intent, round: Round) -> bool:
    last = intent.placement.last_on
    if last is None:
        return False
    opens, due, escalates = round.rules.intent_days_before
    days = intent_dates(last, opens_before=opens, due_before=due, escalates_before=escalates)
    return timezone.localdate(intent.answered_at) <= days.due


def waits(answers: Iterable[Answer], side: Party) -> list[int]:
    theirs = [one for one in answers if one.side == side]
    return [(timezone.localdate(one.answered_at) - timezone.localdate(one.proposal.proposed_at)).days for one in theirs]


def until_start(trials: Sequence[Placement]) -> list[int]:
    """Of first trials; what a re-match takes is reckoned apart."""
    return [
        (one.started_on - timezone.localdate(one.registered_at)).days
        for one in trials
        if one.started_on is not None and one.before_id is None
    ]


def until_next(trials: Sequence[Placement]) -> list[int]:
    """From the end of a trial that was to go on to the first posting put before the person after it."""
    closed = {one.pk: one.closed_on for one in trials}
    again = {one.pk: closed.get(one.before_id or 0) for one in trials}
    first = Proposal.objects.filter(placement__in=[pk for pk, day in again.items() if day]).order_by()
    rows = first.values_list("placement").annotate(first=Min("proposed_at"))
    return [(timezone.localdate(at) - day).days for pk, at in rows if (day := again[pk]) is not None]
