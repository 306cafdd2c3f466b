"""Taking an event of the table: the placement locked, the event in its turn, the state moved or only recorded."""

from typing import Any

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.saying import said as _
from trials.models import DirectTrial, Placement
from trials.states import BY_CODE


def locked(placement: Placement) -> Placement:
    """The row as it stands, held until the transaction ends."""
    return Placement.objects.select_for_update(of=("self",)).with_sides().get(pk=placement.pk)


def quoted(because: str, source: str) -> str:
    """A refusal of the rules: its reckoning and where it stands."""
    return _("%(because)s（根拠：%(source)s）") % {"because": because, "source": source}


def refuse_out_of_turn(placement: Placement, code: str) -> None:
    if placement.state not in BY_CODE[code].sources:
        raise Refused(
            _(
                "「%(state)s」のトライアルでは「%(event)s」は行えません。画面を開き直して、いまの状態を確かめてください。"
            )
            % {"state": placement.get_state_display(), "event": BY_CODE[code].label}
        )


def take(
    placement: Placement, code: str, *, by: Acting | None, told: dict[str, Any] | None = None, **fields: Any
) -> None:
    """`fields` are written with the state; an event that leads nowhere is recorded with `told` alone."""
    refuse_out_of_turn(placement, code)
    to, verb, concerns = BY_CODE[code].to, f"placement.{code}", placement.seeker.agency_id
    if to is not None:
        return move(placement, to, by=by, verb=verb, concerns=concerns, told=told, **fields)
    if fields:
        keep(placement, **fields)
    record(placement, verb, by=by, concerns=concerns, **(told or {}))
    return None


def keep(row: Placement | DirectTrial, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
