"""Pages of skill manuals; here what all of them fetch by."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from firms.web.http import Request, require, row_number
from mentors.models import ManualVersion, SkillManual, Step
from mentors.models.manuals.manuals import ManualVersionQuerySet
from mentors.policies import may_write_manual
from mentors.queries.manuals import with_page
from mentors.states import ManualState

WITH = ("manual__firm", "manual__keeper", "film__file", "film__still")


def shown_manual(request: Request, pk: int) -> SkillManual:
    """One of those one sees, whatever its versions are."""
    seen = SkillManual.objects.visible_to(request.acting).select_related("firm", "keeper")
    return get_object_or_404(seen, pk=pk)


def own_manual(request: Request, pk: int) -> SkillManual:
    """One that one writes."""
    manual = shown_manual(request, pk)
    require(may_write_manual(request.acting, manual))
    return manual


def shown_version(request: Request, manual_pk: int) -> ManualVersion:
    return picked(ManualVersion.objects.visible_to(request.acting), request, manual_pk)


def shown_page(request: Request, manual_pk: int) -> ManualVersion:
    """The same with all its page says."""
    return picked(with_page(ManualVersion.objects.visible_to(request.acting), request.acting), request, manual_pk)


def picked(seen: ManualVersionQuerySet, request: Request, manual_pk: int) -> ManualVersion:
    """The published one, or the one the address asks for, among those one sees; writers find their draft."""
    seen = seen.filter(manual=manual_pk).select_related(*WITH)
    asked = row_number(request.GET.get("version", "") or request.POST.get("version", ""))
    if asked:
        return get_object_or_404(seen, number=asked)
    found = seen.filter(state=ManualState.PUBLISHED).first() or seen.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def has_cover(version: ManualVersion, steps: Iterable[Step]) -> bool:
    """A picture for the film before it plays: its own, or the first of the steps."""
    return bool(version.film and version.film.still_id) or any(one.still_id for one in steps)


def draft_of(manual: SkillManual) -> ManualVersion | None:
    """What is being written, for the pages that write it."""
    drafts = manual.versions.filter(state=ManualState.DRAFT).select_related("film__file")
    version = drafts.prefetch_related(Prefetch("steps")).first()
    if version:
        version.manual = manual
    return version


def manual_url(pk: int, name: str = "manual") -> str:
    return reverse(f"mentors:{name}", args=[pk])
