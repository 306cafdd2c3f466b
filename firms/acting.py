"""Acting: who does something, and for which organisation. All rights come from it."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firms.models import Membership, Organisation, Person


@dataclass(frozen=True)
class Acting:
    """A person at work for one organisation on one day.

    `clients` maps each firm with a mandate in force today to the mandate's scopes and id; it is empty for everyone
    but an advisor office.
    """

    person: "Person"
    membership: "Membership | None"
    organisation: "Organisation | None"
    role: str
    kind: str
    today: date
    clients: dict[int, "Client"] = field(default_factory=dict)

    @property
    def organisation_id(self) -> int:
        return self.organisation.pk if self.organisation else 0

    @property
    def client_ids(self) -> frozenset[int]:
        return frozenset(self.clients)

    def clients_for(self, scope: str) -> frozenset[int]:
        """The firms whose mandate covers `scope`."""
        return frozenset(firm for firm, client in self.clients.items() if scope in client.scopes)

    def mandate_id_for(self, firm_id: int) -> int | None:
        client = self.clients.get(firm_id)
        return client.mandate_id if client else None


@dataclass(frozen=True)
class Client:
    """One firm an office may act for today."""

    mandate_id: int
    capacity: str
    scopes: frozenset[str]
