"""Who follows the trainees of a firm."""

from firms.acting import Acting
from firms.models.organisations import Kind, Role


def may_follow_trainees(acting: Acting) -> bool:
    """The firm's managers: what its people learn, what it costs and draws."""
    return acting.kind == Kind.FIRM and acting.role == Role.MANAGER
