"""The sweep over trials: days that have come, and silence."""

import logging
from collections.abc import Callable, Iterable
from datetime import date

from trials.actions.conversion.direct import pursue_direct
from trials.actions.conversion.offers import hire
from trials.actions.conversion.retention import advance, pursue_check
from trials.actions.matching.proposals import pursue
from trials.actions.matching.visits import pursue_visit
from trials.actions.outcome.intent import open_intent, pursue_intent
from trials.actions.working.chasing import ask_for_clock_out, ask_for_evaluation, pursue_approval, pursue_clear_up
from trials.actions.working.lapses import tell_of_lapse
from trials.queries.evaluating import trials_to_evaluate
from trials.queries.lapses import trials_to_watch
from trials.queries.outcome import in_state, silent_checks, silent_proposals, silent_visits, waiting_directs
from trials.queries.working import months_waiting, months_without_clock_out, to_clear_up
from trials.states import PlacementState as S

log = logging.getLogger(__name__)


def sweep_trials(*, on: date) -> None:
    """One row that fails stops none of the others."""
    each(silent_proposals(on=on), pursue, on=on)
    each(in_state(S.ACTIVE), open_intent, on=on)
    each(in_state(S.INTENT_OPEN), pursue_intent, on=on)
    each(in_state(S.OFFERED), hire, on=on)
    each(in_state(S.CONVERTED, S.RETENTION_1, S.RETENTION_3), advance, on=on)
    each(silent_checks(on=on), pursue_check, on=on)
    each(months_waiting(on=on), pursue_approval, on=on)
    each(months_without_clock_out(on=on), ask_for_clock_out, on=on)
    each(to_clear_up(on=on), pursue_clear_up, on=on)
    each(trials_to_evaluate(on=on), ask_for_evaluation, on=on)
    each(trials_to_watch(on=on), tell_of_lapse, on=on)
    each(waiting_directs(), pursue_direct, on=on)
    each(silent_visits(on=on), pursue_visit, on=on)


def each(rows: Iterable[object], act: Callable[..., object], *, on: date) -> None:
    for row in rows:
        try:
            act(row, on=on)
        except Exception:
            log.exception("%s failed for %s %s", act.__name__, type(row).__name__, getattr(row, "pk", None))
