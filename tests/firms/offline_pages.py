"""The addresses of the site, and one page more for the tests: the name of an establishment, kept on the device."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import path, reverse

from firms.errors import Refused
from firms.forms.fields import NoMyNumber
from firms.journal import record
from firms.models import Establishment
from firms.offline.arriving import may_come_late
from firms.offline.conflicts import SEEN, Changed, conflict, mark_of_facts, refuse_changed
from firms.web.http import refusing
from lms.urls import urlpatterns as of_the_site

KEY = "tests.place"
PAGE = """{% extends "base.html" %}{% block title %}事業所{% endblock %}{% block heading %}事業所{% endblock %}
{% block content %}{% include "firms/parts/offline.html" %}
<form method="post" enctype="multipart/form-data" novalidate
data-offline="tests.place" data-offline-title="事業所の名称">
{% csrf_token %}<input type="hidden" name="seen_facts" value="{{ seen_facts }}">{% form_errors form %}
{% field form.name %}{% field form.phone %}{% field form.photo %}
<button class="btn">保存する</button></form>{% endblock %}"""


class PlaceForm(NoMyNumber, forms.Form):
    name = forms.CharField(label="名称", max_length=120)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)
    photo = forms.FileField(label="写真", required=False)


def facts_of(place):
    return {"name": place.name, "phone": place.phone}


@transaction.atomic
def write(place, typed, *, seen, request):
    """As an action of a room: lock, compare with what was seen, write, record."""
    row = Establishment.objects.select_for_update().get(pk=place.pk)
    refuse_changed(seen=seen, now=facts_of(row), typed=typed)
    if typed["name"] == "断る":
        raise Refused("その名称は使えません。", field="name")
    Establishment.objects.filter(pk=row.pk).update(name=typed["name"], phone=typed["phone"])
    photo = typed["photo"].size if typed["photo"] else 0
    moments = {"typed_at": request.typed_at.isoformat(), "arrived_at": request.arrived_at.isoformat()}
    record(row, "establishment.edit", by=request.acting, concerns=row.organisation_id, photo=photo, **moments)


@may_come_late
def place_page(request, pk):
    place = get_object_or_404(Establishment.objects.visible_to(request.acting), pk=pk)
    form = PlaceForm(request.POST or None, request.FILES or None, initial=facts_of(place))
    if form.is_valid():
        try:
            with refusing(form):
                write(place, form.cleaned_data, seen=request.POST.get(SEEN, ""), request=request)
                messages.success(request, "名称を保存しました。")
                return redirect("place", pk)
        except Changed as changed:
            back = reverse("place", args=[pk])
            return conflict(request, form, changed, title="事業所の名称", back=back, key=KEY)
    context = {"form": form, "seen_facts": mark_of_facts(facts_of(place))}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [*of_the_site, path("tests/places/<int:pk>/", place_page, name="place")]
