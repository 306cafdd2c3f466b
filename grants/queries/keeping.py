"""The documents of a case that Takumi knows one by one: evidence that was handed in, and papers that were printed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from firms.models import Evidence
from firms.words.saying import said as _
from grants.models import Answer, Cost, Excuse, OfficeStep, Paper, RequestAnswer

# What holds evidence of a case, and the way from there to the case.
HOLDERS = ((Answer, "case"), (Cost, "case"), (Excuse, "case"), (OfficeStep, "case"), (RequestAnswer, "item__case"))


@dataclass(frozen=True)
class KeptFile:
    """One file; `sha256` is that of its content."""

    title: str
    kind: str
    sha256: str


def evidence_of(case_ids: Collection[int]) -> dict[int, dict[int, Evidence]]:
    """By case and key, whoever holds it; a query for each holder and one for the files."""
    held: dict[int, set[int]] = defaultdict(set)
    for model, path in HOLDERS:
        rows = model._base_manager.filter(Q(**{f"{path}__in": case_ids}) & Q(evidence__isnull=False))
        for case_id, evidence_id in rows.values_list(path, "evidence"):
            held[case_id].add(evidence_id)
    found = Evidence.objects.select_related("file").in_bulk({pk for keys in held.values() for pk in keys})
    return {case_id: {pk: found[pk] for pk in sorted(keys)} for case_id, keys in held.items()}


def documents_of(case_ids: Collection[int]) -> dict[int, list[KeptFile]]:
    """Evidence first, then the papers in their order."""
    found: dict[int, list[KeptFile]] = defaultdict(list)
    for case_id, held in evidence_of(case_ids).items():
        found[case_id] += [KeptFile(one.name, _("証拠書類"), one.file.sha256) for one in held.values()]
    for paper in Paper.objects.filter(case__in=case_ids).select_related("file"):
        found[paper.case_id].append(KeptFile(paper.title, _("様式"), paper.file.sha256))
    return found
