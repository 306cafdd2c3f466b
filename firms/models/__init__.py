"""The facts everything stands on: people, organisations, employments, mandates, journal, evidence, jobs."""

from firms.models.arrivals import Arrival
from firms.models.corporations import Corporation, RegisterLoad
from firms.models.corrections import Correction
from firms.models.employments import Employment, Holiday, WorkingHours, WorkingPattern
from firms.models.evidence import Evidence, StoredFile
from firms.models.jobs import FeedEntry, FeedToken, Job, Notification
from firms.models.journal import JournalEntry
from firms.models.leaves import Leave
from firms.models.ledgers import LedgerLink
from firms.models.letters import LetterKind, LetterWay, LetterWishes
from firms.models.links import ActionLink
from firms.models.mandates import Mandate
from firms.models.newcomers import Newcomer
from firms.models.organisations import Establishment, Invitation, Membership, Organisation
from firms.models.people import Person
from firms.models.signing import Document, DocumentVersion, Side, Signature, SignatureRequest
from firms.models.site_texts import SiteText, TextKind
from firms.models.submissions import Submission

__all__ = [
    "ActionLink",
    "Arrival",
    "Corporation",
    "Correction",
    "Document",
    "DocumentVersion",
    "Employment",
    "Establishment",
    "Evidence",
    "FeedEntry",
    "FeedToken",
    "Holiday",
    "Invitation",
    "Job",
    "JournalEntry",
    "Leave",
    "LedgerLink",
    "LetterKind",
    "LetterWay",
    "LetterWishes",
    "Mandate",
    "Membership",
    "Newcomer",
    "Notification",
    "Organisation",
    "Person",
    "RegisterLoad",
    "Side",
    "Signature",
    "SignatureRequest",
    "SiteText",
    "StoredFile",
    "Submission",
    "TextKind",
    "WorkingHours",
    "WorkingPattern",
]
