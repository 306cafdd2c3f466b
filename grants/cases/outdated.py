"""What was frozen and printed against what the records say now: it stays, and is marked where it says otherwise."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy

from firms.words.days import day_words
from firms.words.saying import said as _
from grants.models import Claim, PlanFiling, PlanVersion
from grants.shapes import AgentFacts, ClaimFacts, PartiesFacts, PlanFacts, PlanWorker

PARTIES = {"firm": gettext_lazy("企業"), "establishment": gettext_lazy("事業所")}
FIELDS = {
    "name": gettext_lazy("名称"),
    "corporate_number": gettext_lazy("法人番号"),
    "insurance_number": gettext_lazy("雇用保険適用事業所番号"),
    "address": gettext_lazy("所在地"),
}


def outdated(frozen: PlanVersion | Claim, now: PlanFacts, *, filing: PlanFiling | None) -> list[str]:
    """`now` is what a plan of today would say (`gather_plan`), `filing` the filing of the plan as it was put right."""
    printed = frozen.lifted
    found = [
        *of_parties(printed, now),
        *of_agent(printed["agent"], now["agent"]),
        *of_people(printed["workers"], now["workers"]),
    ]
    if isinstance(frozen, Claim) and filing:
        found += of_filing(frozen.lifted, filing)
    return found


def of_filing(printed: ClaimFacts, filing: PlanFiling) -> Iterable[str]:
    if printed["receipt_number"] != filing.receipt_number:
        yield _("計画届の受付番号が「%(old)s」から「%(new)s」に訂正されました。") % {
            "old": printed["receipt_number"],
            "new": filing.receipt_number,
        }
    if printed["filed_on"] != filing.filed_on.isoformat():
        yield _("計画届の届出日が %(old)s から %(new)s に訂正されました。") % {
            "old": day_words(date.fromisoformat(printed["filed_on"])),
            "new": day_words(filing.filed_on),
        }


# What of each party the papers print and a correction of the ward may change.
PRINTED = {
    "firm": ("name", "corporate_number", "address"),
    "establishment": ("name", "insurance_number", "address"),
}


def of_parties(printed: PartiesFacts, now: PartiesFacts) -> Iterable[str]:
    """The firm and its establishment under the name, number and address of the day it was frozen."""
    yield from of_party("firm", printed["firm"], now["firm"])
    yield from of_party("establishment", printed["establishment"], now["establishment"])


def of_party(party: str, printed: Mapping[str, object], now: Mapping[str, object]) -> Iterable[str]:
    for name in PRINTED[party]:
        if (old := printed[name]) != (new := now[name]):
            yield _("%(what)sの%(field)sが「%(old)s」から「%(new)s」に変わりました。") % {
                "what": PARTIES[party],
                "field": FIELDS[name],
                "old": old,
                "new": new,
            }


def of_agent(printed: AgentFacts | None, now: AgentFacts | None) -> Iterable[str]:
    """The office that prepared it may act no more, or another one does."""
    old, new = (f"{one['office']} {one['advisor']}".strip() if one else "" for one in (printed, now))
    if old == new:
        return
    if old and not new:
        yield _("委任が終わった%(old)sの名前が印刷されています。") % {"old": old}
    elif old:
        yield _("代理は%(old)sから%(new)sに変わりました。") % {"old": old, "new": new}
    else:
        yield _("%(new)sへの委任は印刷されていません。") % {"new": new}


def of_people(printed: Iterable[PlanWorker], now: Iterable[PlanWorker]) -> Iterable[str]:
    """Who is listed still, under another name or number."""
    held = {one["key"]: one for one in now}
    for one in printed:
        new = held.get(one["key"])
        if new and (one["name"], one["insured_number"]) != (new["name"], new["insured_number"]):
            yield _("%(old)sさんの氏名か被保険者番号が、登録（%(new)s）と違います。") % {
                "old": one["name"],
                "new": f"{new['name']} {new['insured_number']}".strip(),
            }
