"""Facts of others gathered into the frozen shapes of a plan and a claim; gathering judges nothing."""

from grants.facts.agreed import agreed_claim_window, agreed_training
from grants.facts.basis import Basis, bases_of, basis_of, finished_early
from grants.facts.canonical import canonical, digest
from grants.facts.change import Change
from grants.facts.claim import edition_of, filed_plan, gather_claim, gather_with_changes, share_of
from grants.facts.drift import changes_between, drift_of, filing_day, told_events
from grants.facts.funded import funded_days
from grants.facts.ground import Ground, ground_of, grounds_of, newest_answers
from grants.facts.parties import mandates_of
from grants.facts.plan import gather_plan, gather_reality
from grants.facts.workers import enrolments_of

__all__ = [
    "Basis",
    "Change",
    "Ground",
    "agreed_claim_window",
    "agreed_training",
    "bases_of",
    "basis_of",
    "canonical",
    "changes_between",
    "digest",
    "drift_of",
    "edition_of",
    "enrolments_of",
    "filed_plan",
    "filing_day",
    "finished_early",
    "funded_days",
    "gather_claim",
    "gather_plan",
    "gather_reality",
    "gather_with_changes",
    "ground_of",
    "grounds_of",
    "mandates_of",
    "newest_answers",
    "share_of",
    "told_events",
]
