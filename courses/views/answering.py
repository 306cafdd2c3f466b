"""How a plain POST answers: done, or refused with a sentence, and back to the page."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from firms.errors import Refused
from firms.http import Request


def attempt(request: Request, action: Callable[[], object], *, done: str, back: str) -> HttpResponse:
    try:
        action()
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(back)


def add_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """At its field where the form has one, else above all."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
