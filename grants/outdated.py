"""What was frozen and printed against what the records say now: it stays, and is marked where it says otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from firms.days import day_words
from grants.models import Claim, PlanFiling, PlanVersion

Facts = dict[str, Any]


def outdated(frozen: PlanVersion | Claim, now: Facts, *, filing: PlanFiling | None) -> list[str]:
    """`now` is what a plan of today would say (`gather_plan`), `filing` the filing of the plan as it was put right."""
    found = [*of_agent(frozen.facts["agent"], now["agent"]), *of_people(frozen.facts["workers"], now["workers"])]
    if isinstance(frozen, Claim) and filing:
        found += of_filing(frozen.facts, filing)
    return found


def of_filing(printed: Facts, filing: PlanFiling) -> Iterable[str]:
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


def of_agent(printed: Facts | None, now: Facts | None) -> Iterable[str]:
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


def of_people(printed: Iterable[Facts], now: Iterable[Facts]) -> Iterable[str]:
    """Who is listed still, under another name or number."""
    held = {one["key"]: one for one in now}
    for one in printed:
        new = held.get(one["key"])
        if new and (one["name"], one["insured_number"]) != (new["name"], new["insured_number"]):
            yield _("%(old)sさんの氏名か被保険者番号が、登録（%(new)s）と違います。") % {
                "old": one["name"],
                "new": f"{new['name']} {new['insured_number']}".strip(),
            }
