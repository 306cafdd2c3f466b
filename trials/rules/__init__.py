"""The rules of trial employment: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.reading import FactError
from trials.rules.direct import NATIONAL, direct_claim, direct_plan, direct_reminder
from trials.rules.host import (
    AccidentReport,
    HostTermination,
    LedgerRequired,
    accident_report,
    host_termination,
    ledger_required,
)
from trials.rules.numbers import (
    DENOMINATORS,
    LEAVINGS,
    Definition,
    Share,
    TrialRow,
    definition_on,
    groups_of,
    median_shown,
    share,
    shown_counts,
)
from trials.rules.outcome import (
    AnswerDue,
    ConversionRate,
    IntentDates,
    Placed,
    RetentionDates,
    answer_due,
    conversion_rate,
    intent_dates,
    retention_dates,
    standard_number,
)
from trials.rules.programmes import Admission, Programme, admits, names_of_programmes, open_programmes, programme
from trials.rules.starting import (
    FormerEmployerBar,
    MinimumWage,
    SocialInsurance,
    former_employer_bar,
    minimum_wage,
    social_insurance,
)
from trials.rules.tables import current_law, current_programmes
from trials.rules.terms import (
    LEGAL_KINDS,
    ContractTerm,
    LastDay,
    TrialLimits,
    contract_term,
    daily_exceptions,
    last_day_of_months,
    trial_limits,
)

__all__ = [
    "DENOMINATORS", "LEAVINGS", "LEGAL_KINDS", "NATIONAL", "AccidentReport", "Admission", "AnswerDue",
    "ContractTerm", "ConversionRate", "Definition", "FactError", "FormerEmployerBar", "HostTermination",
    "IntentDates", "LastDay", "LedgerRequired", "MinimumWage", "Placed", "Programme", "RetentionDates", "Share",
    "SocialInsurance", "TrialLimits", "TrialRow", "accident_report", "admits", "answer_due", "contract_term",
    "conversion_rate", "current_law", "current_programmes", "daily_exceptions", "definition_on", "direct_claim",
    "direct_plan", "direct_reminder", "former_employer_bar", "groups_of", "host_termination", "intent_dates",
    "last_day_of_months", "ledger_required", "median_shown", "minimum_wage", "names_of_programmes",
    "open_programmes", "programme", "retention_dates", "share", "shown_counts", "social_insurance",
    "standard_number", "trial_limits",
]  # fmt: skip
