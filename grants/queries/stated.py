"""What firms stated for their papers: the newest of each kind."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q

from grants.models import GrantCase, Statement

# By kind.
Newest = Mapping[str, Statement]


def newest_statements(cases: Collection[GrantCase]) -> Mapping[int, Newest]:
    """By case, those of its firm among them. One query however many cases."""
    firms = {case.firm_id for case in cases}
    wanted = Q(case__in=[case.pk for case in cases]) | Q(case=None, firm__in=firms)
    rows = list(Statement.objects.filter(wanted).select_related("stated_by").order_by("pk"))
    of_firm: dict[int, dict[str, Statement]] = defaultdict(dict)
    of_case: dict[int, dict[str, Statement]] = defaultdict(dict)
    for row in rows:
        held = of_firm[row.firm_id] if row.case_id is None else of_case[row.case_id]
        held[row.kind] = row
    return {case.pk: of_firm[case.firm_id] | of_case[case.pk] for case in cases}
