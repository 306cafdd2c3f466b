"""The home of a person who acts for nobody today, or in a role whose pages are still to come."""

from firms.acting import Acting
from lms.homes.trials import own_steps
from trials.models import Placement


def gather(acting: Acting) -> dict[str, object]:
    return {"trials": Placement.objects.filter(person=acting.person).with_sides(), "trial_steps": own_steps(acting)}
