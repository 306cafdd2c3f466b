"""What an establishment and its people drew outside Takumi, year by year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firms.models import Establishment, Person
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from grants.actions.outside import tell_outside
from grants.forms.outside import OutsideTimesForm, OutsideYearForm, OutsideYenForm
from grants.models import OutsideGrant
from grants.policies import may_tell_outside
from grants.rules import current_schemes, fiscal_year
from grants.subjects import trainings


@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: Request, pk: int) -> HttpResponse:
    place = get_object_or_404(Establishment.objects.visible_to(request.acting).select_related("organisation"), pk=pk)
    require(may_tell_outside(request.acting, place))
    year, first = fiscal_year(request.acting.today), trainings()[0].scheme
    chosen = OutsideYearForm({"scheme": first, "fiscal_year": year} | request.GET.dict(), this_year=year)
    scheme, year = chosen.chosen(first, year)
    forms = forms_of(request, place)
    for form in forms.values():
        if form.is_bound and form.is_valid():
            with refusing(form):
                tell_outside(place, form.told(scheme, year), by=request.acting)
            if form.is_valid():
                messages.success(request, _("Takumiの外の受給を記録しました。"))
                return redirect(f"{reverse('grants:outside', args=[pk])}?scheme={scheme}&fiscal_year={year}")
    context = {
        "place": place,
        "chosen": chosen,
        "title": current_schemes().by_name[scheme].title,
        "year": year,
        "scheme": scheme,
    }
    return render(request, "grants/outside.html", context | {"rows": rows_of(place, scheme, year), **forms})


def forms_of(request: Request, place: Establishment) -> dict[str, OutsideYenForm | OutsideTimesForm]:
    """The one that was sent is bound; `of` names it."""
    sent = request.POST.get("of") if request.method == "POST" else ""
    people = Person.objects.filter(employments__establishment=place).distinct().order_by("family_kana", "pk")
    return {
        "yen_form": OutsideYenForm(request.POST if sent == "yen" else None),
        "times_form": OutsideTimesForm(request.POST if sent == "times" else None, people=people),
    }


def rows_of(place: Establishment, scheme: str, year: int) -> list[OutsideGrant]:
    """Every row of the year, the newest first; those replaced are marked on the page."""
    found = OutsideGrant.objects.of_year(place.pk, scheme, year)
    return list(found.select_related("person", "recorded_by", "replaced_by").order_by("-pk"))
