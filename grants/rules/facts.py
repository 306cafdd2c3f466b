"""What is known of one training, its cost and its trainees: frozen, and in the vocabulary of the command."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MENUS = {
    "hrd_support": ("general", "approved_practice", "fixed_term_practice", "older_worker_practice"),
    "invest_in_people": ("advanced_digital", "growth_field", "it_practice", "voluntary"),
    "reskilling": ("reskilling",),
}
PRACTICE_MENUS = ("approved_practice", "fixed_term_practice", "older_worker_practice", "it_practice")
# 自発的職業能力開発訓練 takes place outside working hours: there is no wage to aid (支給要領0403).
WAGELESS_MENUS = ("voluntary",)
# 専門実践教育訓練の指定講座 have a limit and hours of their own in 人材育成訓練 alone (支給要領R8.8.3 06026ロ(ﾛ)・ハ).
SPECIALIZED_MENUS = ("general",)
CLASS_METHODS = ("class", "live_online")
ONLINE_METHODS = ("e_learning", "correspondence")
METHODS = CLASS_METHODS + ONLINE_METHODS
EMPLOYMENTS = ("regular", "fixed_term")
COST_KINDS = ("external", "in_house")
PAYERS = ("nobody", "worker", "parent_company")


@dataclass(frozen=True, slots=True)
class Cost:
    """What the training cost, consumption tax included; None or "" where nobody has said.

    `fee_without_grant` is what the provider takes from firms that claim no grant.
    """

    kind: str
    fee_per_person: int = 0
    fee_without_grant: int | None = None
    lecturer_fee: int = 0
    lecturer_travel: int = 0
    establishment_prefecture: str = ""
    trainees_total: int = 0
    paid_partly_by: str = ""
    provider_rebate: bool | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """One trainee; `key` is whatever the caller knows them by. None: nobody knows yet.

    `menu_grants_ever`: how often this firm drew the same menu for them, whatever the year.
    """

    employment: str
    attended_minutes: int | None = None
    wage_minutes: int | None = None
    excused_minutes: int = 0
    completed: bool | None = None
    ojt_passed: bool | None = None
    ojt_excused: bool = False
    ojt_attended_hours: Decimal | None = None
    ojt_planned_hours: Decimal | None = None
    converted: bool | None = None
    in_trial_support_period: bool | None = None
    grants_this_year: int | None = None
    e_learning_grants_this_year: int | None = None
    menu_grants_ever: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Everything `assess` looks at; `specialized`: a course designated as 専門実践教育訓練."""

    scheme: str
    menu: str
    plan_filed: date
    sme: bool
    method: str
    cost: Cost
    workers: tuple[WorkerFacts, ...]
    planned_minutes: int | None = None
    standard_hours: int | None = None
    standard_months: int | None = None
    claim_filed: date | None = None
    uplift: bool = False
    already_granted_in_claim_year: int | None = None
    specialized: bool = False

    @property
    def is_online(self) -> bool:
        return self.method in ONLINE_METHODS


def as_mapping(facts: TrainingFacts) -> dict[str, object]:
    """JSON-ready, in the vocabulary `training_facts` reads: reading it back gives equal facts."""
    found: dict[str, object] = {
        "scheme": facts.scheme,
        "menu": facts.menu,
        "plan_filed": facts.plan_filed.isoformat(),
        "sme": facts.sme,
        "method": facts.method,
        "planned_minutes": facts.planned_minutes,
        "cost": cost_as_mapping(facts.cost),
        "workers": [worker_as_mapping(w) for w in facts.workers],
        "uplift": facts.uplift,
    }
    later = {
        "standard_hours": facts.standard_hours,
        "standard_months": facts.standard_months,
        "claim_filed": facts.claim_filed.isoformat() if facts.claim_filed else None,
        "already_granted_in_claim_year": facts.already_granted_in_claim_year,
        "specialized": facts.specialized or None,
    }
    return found | {key: value for key, value in later.items() if value is not None}


def cost_as_mapping(cost: Cost) -> dict[str, object]:
    if cost.kind == "external":
        found: dict[str, object] = {"kind": cost.kind, "fee_per_person": cost.fee_per_person}
        if cost.fee_without_grant is not None:
            found["fee_without_grant"] = cost.fee_without_grant
    else:
        found = {
            "kind": cost.kind,
            "lecturer_fee": cost.lecturer_fee,
            "lecturer_travel": cost.lecturer_travel,
            "trainees_total": cost.trainees_total,
        }
    told = {
        "establishment_prefecture": cost.establishment_prefecture or None,
        "paid_partly_by": cost.paid_partly_by or None,
        "provider_rebate": cost.provider_rebate,
        "paid_on": cost.paid_on.isoformat() if cost.paid_on else None,
    }
    return found | {key: value for key, value in told.items() if value is not None}


def worker_as_mapping(worker: WorkerFacts) -> dict[str, object]:
    return {name: plain(getattr(worker, name)) for name in WorkerFacts.__slots__}


def plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value
