"""The rules of trial employment: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.reading import FactError
from trials.rules.host import (
    AccidentReport,
    HostTermination,
    LedgerRequired,
    accident_report,
    electronic_filing,
    host_termination,
    is_elder,
    ledger_required,
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
from trials.rules.working import (
    BreakNeeded,
    Limits,
    Overtime,
    OvertimeStanding,
    Planned,
    Worked,
    agreement_fault,
    approval_due,
    approval_escalates,
    break_needed,
    clear_up_after,
    link_days,
    longest_shift,
    overtime_days,
    planned_day,
)

__all__ = [
    "LEGAL_KINDS", "AccidentReport", "Admission", "AnswerDue", "BreakNeeded", "ContractTerm", "ConversionRate",
    "FactError", "FormerEmployerBar", "HostTermination", "IntentDates", "LastDay", "LedgerRequired", "Limits",
    "MinimumWage", "Overtime", "OvertimeStanding", "Placed", "Planned", "Programme", "RetentionDates",
    "SocialInsurance", "TrialLimits", "Worked", "accident_report", "admits", "agreement_fault", "answer_due",
    "approval_due", "approval_escalates", "break_needed", "clear_up_after", "contract_term", "conversion_rate",
    "current_law", "current_programmes", "daily_exceptions", "electronic_filing", "former_employer_bar",
    "host_termination", "intent_dates", "is_elder", "last_day_of_months", "ledger_required", "link_days",
    "longest_shift", "minimum_wage", "names_of_programmes", "open_programmes", "overtime_days", "planned_day",
    "programme", "retention_dates", "social_insurance", "standard_number", "trial_limits",
]  # fmt: skip
