"""What an establishment and its people drew from one scheme in a fiscal year: by the claims filed in it, and as told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from courses.models import Enrolment
from grants.models.claims import Claim, ClaimFiling
from grants.queries.outside import Outside, outside_in_year
from grants.rules import fiscal_year
from grants.states import CaseState

E_LEARNING = "e_learning"


@dataclass(frozen=True)
class Drawn:
    """Yen of the establishment; how often each was supported, all courses and e-learning alone, by whatever key.

    What was told of grants outside Takumi is counted in, and stands apart in `outside`, where one sees what nobody told."""

    yen: int
    times: Mapping[int, int]
    e_learning: Mapping[int, int]
    outside: Outside = field(default_factory=Outside)


def drawn_in_year(establishment_id: int, scheme: str, *, as_of: date, besides: int | None = None) -> Drawn:
    """By person. The yearly limits follow the fiscal year of the claim, not of the plan; `besides` is a case left out."""
    claims = claims_of_year(establishment_id, scheme, as_of=as_of, besides=besides)
    yen = sum(claim.decision.amount_yen if hasattr(claim, "decision") else claim.total_yen for claim in claims)
    supported = [(int(key), claim) for claim in claims for key in supported_in(claim)]
    people = dict(Enrolment.objects.filter(pk__in=[pk for pk, _claim in supported]).values_list("pk", "person_id"))
    known = [(people[pk], claim) for pk, claim in supported if pk in people]
    outside = outside_in_year(establishment_id, scheme, as_of=as_of)
    online = [person for person, claim in known if claim.facts["grant"]["method"] == E_LEARNING]
    return Drawn(
        yen + (outside.yen or 0),
        Counter(person for person, _claim in known) + Counter(outside.times),
        Counter(online) + Counter(outside.e_learning),
        outside,
    )


def claims_of_year(establishment_id: int, scheme: str, *, as_of: date, besides: int | None) -> list[Claim]:
    year = fiscal_year(as_of)
    filings = (
        ClaimFiling.objects.filter(
            claim__case__establishment=establishment_id,
            claim__case__scheme=scheme,
            filed_on__range=(date(year, 4, 1), date(year + 1, 3, 31)),
        )
        .exclude(claim__case=besides)
        .exclude(claim__case__state__in=(CaseState.DROPPED, CaseState.WITHDRAWN))
        .exclude(claim__decision__is_approved=False)
        .select_related("claim__decision")
    )
    return [filing.claim for filing in filings]


def supported_in(claim: Claim) -> list[str]:
    keys = (part["subject"] for part in claim.outcome["workers"] if part["supported"])
    return [key for key in keys if key.isdecimal()]
