"""The rules of mentors: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.reading import FactError
from mentors.rules.archive import (
    AIMS,
    Places,
    Review,
    Support,
    film_kept,
    fixed,
    places,
    remind_on,
    report_by,
    review,
    support,
)
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
from mentors.rules.ward import (
    BoardOutcome,
    Fee,
    HostWord,
    Materials,
    board_outcome,
    fee,
    host_word,
    link_term,
    materials,
    plan_lead,
    term,
)

__all__ = [
    "ACCOUNT_KINDS", "AIMS", "HOSTS", "QUALIFICATIONS", "Account", "BoardOutcome", "Career", "Certification",
    "FactError", "Fee", "HostWord", "Materials", "Payer", "Payment", "Places", "PlanDue", "RenewalDates", "Review",
    "SessionLength", "Stretch", "Support", "TransferFile", "VisitLimit", "Withholding", "board_outcome",
    "certification", "current_law", "current_programmes", "fee", "film_kept", "fixed", "half_width", "host_word",
    "link_term", "materials", "places", "plan_due", "plan_lead", "remind_on", "renewal_dates", "report_by",
    "review", "session_length", "support", "term", "transfer_file", "visit_limit", "withholding",
]  # fmt: skip
