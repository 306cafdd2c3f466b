"""Grant cases with what was planned, filed, claimed, decided and paid, their deadlines and papers."""

from grants.models.careerup import CareerUpPlan, Conversion, PeriodPay
from grants.models.cases import Answer, Cost, GrantCase, ReskillingPlan
from grants.models.chances import Chance, ChanceKind, ChanceWish
from grants.models.claims import Claim, ClaimFiling, Decision, Payment
from grants.models.conversions import ConversionPlan
from grants.models.deadlines import Deadline, Reminder
from grants.models.desk import Assignment, Deputy, SavedView
from grants.models.excuses import Excuse
from grants.models.exemptions import Exemption
from grants.models.keeping import Destruction
from grants.models.outside import OutsideGrant
from grants.models.papers import Paper
from grants.models.plans import PlanFiling, PlanVersion
from grants.models.requests import EvidenceRequest, RequestAnswer, RequestItem
from grants.models.stated import Channel, Stated, Statement
from grants.models.steps import OfficeStep
from grants.models.subscriptions import Subscription, SubscriptionUser
from grants.models.workbooks import Workbook

__all__ = [
    "Answer",
    "Assignment",
    "CareerUpPlan",
    "Chance",
    "ChanceKind",
    "ChanceWish",
    "Channel",
    "Claim",
    "ClaimFiling",
    "Conversion",
    "ConversionPlan",
    "Cost",
    "Deadline",
    "Decision",
    "Deputy",
    "Destruction",
    "EvidenceRequest",
    "Excuse",
    "Exemption",
    "GrantCase",
    "OfficeStep",
    "OutsideGrant",
    "Paper",
    "Payment",
    "PeriodPay",
    "PlanFiling",
    "PlanVersion",
    "Reminder",
    "RequestAnswer",
    "RequestItem",
    "ReskillingPlan",
    "SavedView",
    "Stated",
    "Statement",
    "Subscription",
    "SubscriptionUser",
    "Workbook",
]
