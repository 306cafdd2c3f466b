"""Who may read the ward's indicators."""

from firms.acting import Acting
from firms.policies import is_ward


def may_read_indicators(acting: Acting) -> bool:
    """Officers of the ward, who also keep what they report."""
    return is_ward(acting)
