"""The covering checklist of a plan: the papers, what is attached to them, what is written by hand, the window."""

import tomllib
from functools import cache
from pathlib import Path

from grants.models import PlanVersion
from grants.papers.boxes import by_hand
from grants.papers.checklist import counted, counter
from grants.papers.context import kind_of_training, of_plan, training
from grants.papers.pieces import Context, day, prose
from grants.shapes import PlanFacts, window_planned
from grants.subjects import edition_in

DATA = Path(__file__).with_name("plan_checklist.toml")


@cache
def documents() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["documents"]
    return found


def kinds_of(facts: PlanFacts) -> set[str]:
    """What is so of this plan, in the words of the list."""
    method, agent, notice = facts["course"]["method"], facts["agent"], facts["notice"]
    found = {"always", method, kind_of_training(facts)}
    found |= {f"{agent['capacity']}"} if agent else set()
    found |= {"electronic_agent"} if agent and agent["capacity"] != "proxy" and facts["channel"] != "paper" else set()
    found |= {"material"} if notice and notice["has_material"] else set()
    found |= {"own_place"} if facts["course"]["venue_address"] == facts["establishment"]["address"] else set()
    return found


def plan_checklist(plan: PlanVersion, sheets: list[tuple[str, str, str]]) -> Context:
    facts = plan.lifted
    window, kinds = window_planned(facts), kinds_of(facts)
    sources = edition_in(facts).sources
    return {
        **of_plan(plan),
        **training(facts["training"]),
        "frozen_on": day(facts["frozen_on"]),
        "window": {**window, **{part: day(window[part]) for part in ("first", "last_nominal", "last")}},
        "window_because": prose(window["because"]),
        "counter": counter(facts["establishment"]["prefecture"]),
        "sheets": counted(sheets),
        "documents": [
            {**one, "source": one["source"].format_map(sources)} for one in documents() if one["needed"] in kinds
        ],
        "by_hand": by_hand(sheets),
        "confirmation": facts["confirmation"],
        "confirmed_on": day(facts["confirmation"]["said_at"][:10]) if facts["confirmation"] else None,
    }
