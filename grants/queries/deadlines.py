"""Deadlines of the cases one sees, the most urgent first."""

from firms.acting import Acting
from grants.models import Deadline
from grants.models.deadlines import DeadlineQuerySet


def deadlines_for(acting: Acting) -> DeadlineQuerySet:
    """The open ones with everything a page or a calendar feed says about them."""
    return (
        Deadline.objects.visible_to(acting)
        .open()
        .select_related(
            "case__establishment__organisation", "case__run__course", "case__conversion__person", "case__subscription"
        )
        .order_by("last_on", "pk")
    )
