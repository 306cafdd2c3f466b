"""The rules of the grants: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.calendar import add_months, end_of_period, fiscal_year, is_open, next_open_day
from firms.rules.figures import Figure, NoFigure
from firms.rules.loading import FiguresError
from firms.rules.reading import FactError
from firms.rules.windows import Window
from grants.rules.bridge import Option, TrialEnd, current_after, options_after
from grants.rules.careerup import Dispatch, careerup_grant, careerup_paydays, careerup_plan, careerup_raise
from grants.rules.chances import FirmSeen, FixedTerm, OfferedCourse, OpenChance, chances, unreckoned
from grants.rules.combining import Conflict
from grants.rules.conversion import (
    Converted,
    Pay,
    PeriodOutcome,
    assess_period,
    careerup_plan_window,
    claim_window_of_period,
    is_prior,
    last_day_of_plan,
    paydays_of_period,
    plan_years,
    raise_of,
    years_of,
)
from grants.rules.editions import COMMON, Scheme, Schemes
from grants.rules.facts import EMPLOYMENTS, MENUS, METHODS, PRACTICE_MENUS, Cost, TrainingFacts, WorkerFacts, as_mapping
from grants.rules.firm import FirmSize, SeparationRatio, firm_size, separation_ratio
from grants.rules.impact import Change, changes, figures_asked
from grants.rules.keeping import Keeping, kept_papers, waits_for_payment
from grants.rules.loading import current_schemes, figure, load_edition, load_schemes
from grants.rules.minutes import Attendance, CountedTime, attendance, counted_time
from grants.rules.outcome import Condition, Line, Outcome, WorkerPart, outcome_as_mapping
from grants.rules.prospects import CourseProfile, FirmProfile, OpenMenu, Prospect, forecast, open_menus
from grants.rules.refusals import CAUSES, Cause, check
from grants.rules.standing_in import last_day_of_notice
from grants.rules.subscription import Subscription, assess_subscription, subscription_limit, takes_subscriptions
from grants.rules.training import assess
from grants.rules.training_reading import training_facts
from grants.rules.trial import trial_grant, trial_plan
from grants.rules.uplift import uplift_test
from grants.rules.windows import Notice, SupportedPeriod, change_notice, claim_window, plan_window, subscription_period

__all__ = [
    "CAUSES", "COMMON", "EMPLOYMENTS", "MENUS", "METHODS", "PRACTICE_MENUS", "Attendance", "Cause", "Change",
    "Condition", "Conflict", "Converted", "Cost", "CountedTime", "CourseProfile", "Dispatch", "FactError", "Figure",
    "FiguresError", "FirmProfile", "FirmSeen", "FirmSize", "FixedTerm", "Keeping", "Line", "NoFigure", "Notice",
    "OfferedCourse", "OpenChance", "OpenMenu", "Option", "Outcome", "Pay", "PeriodOutcome", "Prospect", "Scheme",
    "Schemes", "SeparationRatio", "Subscription", "SupportedPeriod", "TrainingFacts", "TrialEnd", "Window",
    "WorkerFacts", "WorkerPart", "add_months", "as_mapping", "assess", "assess_period", "assess_subscription",
    "attendance", "careerup_grant", "careerup_paydays", "careerup_plan", "careerup_plan_window", "careerup_raise",
    "chances", "change_notice", "changes", "check", "claim_window", "claim_window_of_period", "counted_time",
    "current_after", "current_schemes", "end_of_period", "figure", "figures_asked", "firm_size", "fiscal_year",
    "forecast", "is_open", "is_prior", "kept_papers", "last_day_of_notice", "last_day_of_plan", "load_edition",
    "load_schemes", "next_open_day", "open_menus", "options_after", "outcome_as_mapping", "paydays_of_period",
    "plan_window", "plan_years", "raise_of", "separation_ratio", "subscription_limit", "subscription_period",
    "takes_subscriptions", "training_facts", "trial_grant", "trial_plan", "unreckoned", "uplift_test",
    "waits_for_payment", "years_of",
]  # fmt: skip
