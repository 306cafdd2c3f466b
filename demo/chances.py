"""The night of the demo: every firm against every scheme, but for one that asked to be left alone."""

from demo.world import World
from firms.models import Organisation
from firms.models.organisations import Kind
from grants.actions.chances import reckon, wish

LEFT_ALONE = "large"


def build(world: World) -> None:
    today = world.day(0)
    wish(world.organisations[LEFT_ALONE], is_wanted=False, by=world.acting(LEFT_ALONE, "manager", on=today))
    reckon(Organisation.objects.of_kind(Kind.FIRM).values_list("pk", flat=True), on=today)
