"""The rules of mentors: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.reading import FactError
from mentors.rules.certifying import (
    QUALIFICATIONS,
    Career,
    Certification,
    RenewalDates,
    Stretch,
    certification,
    renewal_dates,
)
from mentors.rules.kana import half_width
from mentors.rules.paying import Withholding, withholding
from mentors.rules.tables import current_law, current_programmes
from mentors.rules.transfer import ACCOUNT_KINDS, Account, Payer, Payment, TransferFile, transfer_file
from mentors.rules.visits import HOSTS, PlanDue, SessionLength, VisitLimit, plan_due, session_length, visit_limit

__all__ = [
    "ACCOUNT_KINDS", "HOSTS", "QUALIFICATIONS", "Account", "Career", "Certification", "FactError", "Payer", "Payment",
    "PlanDue", "RenewalDates", "SessionLength", "Stretch", "TransferFile", "VisitLimit", "Withholding",
    "certification", "current_law", "current_programmes", "half_width", "plan_due", "renewal_dates", "session_length",
    "transfer_file", "visit_limit", "withholding",
]  # fmt: skip
