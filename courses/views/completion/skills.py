"""The skill standards to read, what a firm's people can do and lack, and what oneself has."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses import frameworks
from courses.actions.completion.skills import set_skill_target
from courses.forms.completion.skills import TargetForm
from courses.policies import may_enrol, may_see_firm_skills, may_set_skill_targets
from courses.queries.completion.skills import SkillGroup, firms_to_look_at, listed_counts, skill_groups, skills_of
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.web.http import Request, acting_of, refusing, require, searched
from firms.words.saying import said as _


@require_safe
@login_not_required
def skills(request: Request) -> HttpResponse:
    """The standards, for everybody; one edition at a time, or what a search finds in those in force."""
    acting, words = acting_of(request), searched(request)
    editions = frameworks.editions()
    chosen = next((one for one in editions if one.key == request.GET.get("edition")), editions[0])
    context = {
        "editions": editions,
        "chosen": chosen,
        "words": words,
        "found": frameworks.search(words),
        "counts": listed_counts(),
        "sets_targets": acting is not None and may_enrol(acting),
    }
    return render(request, "courses/completion/skills.html", context)


@require_http_methods(["GET", "POST"])
def firm_skills(request: Request) -> HttpResponse:
    """A manager's own firm; an office finds its clients here."""
    acting = request.acting
    if acting.kind == Kind.OFFICE:
        return render(request, "courses/completion/skills_clients.html", {"firms": firms_to_look_at(acting)})
    firm = acting.organisation
    require(firm is not None and may_set_skill_targets(acting, firm.pk))
    assert firm is not None
    is_sent = request.method == "POST"
    groups = skill_groups(firm, on=acting.today)
    held = [row.item.key for group in groups for row in group.rows]
    form = TargetForm(request.POST if is_sent else None, held=held, initial={"item": request.GET.get("item", "")})
    if is_sent and form.is_valid() and target_is_set(request, firm, form):
        return redirect("courses:firm_skills")
    return render(request, "courses/completion/skills_firm.html", page_of_firm(firm, groups) | {"form": form})


def target_is_set(request: Request, firm: Organisation, form: TargetForm) -> bool:
    key, people = form.cleaned_data["item"], form.cleaned_data["people"]
    with refusing(form):
        set_skill_target(firm, key=key, people=people, by=request.acting)
    if form.errors:
        return False
    done = _("「%(item)s」の目標を%(people)s人にしました。") if people else _("「%(item)s」の目標を消しました。")
    messages.success(request, done % {"item": frameworks.label(key), "people": people})
    return True


@require_safe
def client_skills(request: Request, pk: int) -> HttpResponse:
    """A client's page, for its office to look at."""
    if not may_see_firm_skills(request.acting, pk):
        raise Http404
    firm = get_object_or_404(Organisation, pk=pk)
    groups = skill_groups(firm, on=request.acting.today)
    return render(request, "courses/completion/skills_firm.html", page_of_firm(firm, groups) | {"form": None})


def page_of_firm(firm: Organisation, groups: list[SkillGroup]) -> dict[str, Any]:
    wanted = sum(group.wanted for group in groups)
    covered = sum(group.covered for group in groups)
    return {
        "firm": firm,
        "groups": groups,
        "wanted": wanted,
        "covered": covered,
        "missing": wanted - covered,
    }


@require_safe
def my_skills(request: Request) -> HttpResponse:
    return render(request, "courses/completion/skills_mine.html", {"skills": skills_of(request.person)})
