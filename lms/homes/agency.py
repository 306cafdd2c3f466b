"""The home of an agency's adviser: the trials that wait for the agency, those that end first before the others."""

from firms.acting import Acting
from lms.homes.steps import SHOWN
from lms.homes.trials import agency_steps
from trials.models import Placement
from trials.queries.steps import TURNS
from trials.states import Party, PlacementState


def gather(acting: Acting) -> dict[str, object]:
    ours = [state for state, parties in TURNS.items() if Party.AGENCY in parties and state != PlacementState.CLOSED]
    seen = Placement.objects.visible_to(acting).with_sides()
    return {
        "trial_steps": agency_steps(acting)[:SHOWN],
        "waiting": seen.filter(state__in=ours).order_by("last_on", "pk")[:SHOWN],
        "running": seen.open().count(),
    }
