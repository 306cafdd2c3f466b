"""The home of a person who acts for nobody today, or in a role whose pages are still to come."""

from firms.acting import Acting
from lms.homes import mentoring
from lms.homes.manuals import manual_steps
from lms.homes.trials import own_steps
from trials.models import Placement


def gather(acting: Acting) -> dict[str, object]:
    trials = Placement.objects.filter(person=acting.person).with_sides()
    return {
        **mentoring.own(acting),
        "trials": trials,
        "trial_steps": own_steps(acting),
        "manual_steps": manual_steps(acting),
    }
