"""What firms that ask to take part leave for the ward to do."""

from django.urls import reverse

from firms.acting import Acting
from firms.models import Newcomer
from firms.words.saying import said as _
from grants.cases.turns import Turn
from lms.homes.steps import SHOWN, HomeStep


def newcomer_steps(acting: Acting) -> list[HomeStep]:
    """The longest waiting first."""
    rows = Newcomer.objects.visible_to(acting).waiting().order_by("confirmed_at", "pk")[:SHOWN]
    return [
        HomeStep(
            title=_("参加の申込みを確かめる：%(name)s") % {"name": one.name},
            about=_("%(contact)sさんから") % {"contact": one.contact},
            url=reverse("firms:newcomer", args=[one.pk]),
            icon="building",
            turns=(Turn.WARD,),
        )
        for one in rows
    ]
