"""Signing a document with an account: the text, what is new in it, who has signed, and the button."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.signing import sign as sign_document
from firms.files import store as files
from firms.forms.signing import SignForm
from firms.models import SignatureRequest
from firms.policies import may_sign
from firms.signing.by_link import shown_to_sign
from firms.signing.pictures import PNG
from firms.web.http import Request, file_answer, refusing, require
from firms.words.saying import said as _


def asked_of(request: Request, pk: int) -> SignatureRequest:
    asked = SignatureRequest.objects.visible_to(request.acting)
    return get_object_or_404(asked.select_related("version__document", "version__file", "side"), pk=pk)


@require_http_methods(["GET", "POST"])
def sign(request: Request, pk: int) -> HttpResponse:
    """Open to the side asked; who has signed finds the page with their signature."""
    asked = asked_of(request, pk)
    require(may_sign(request.acting, asked))
    form = SignForm(request.POST or None, initial={"seen": asked.version.sha256})
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            sign_document(asked, seen=given["seen"], picture=given["picture"], by=request.acting)
            messages.success(request, _("「%(title)s」に署名しました。") % {"title": asked.version.document.title})
            return redirect("firms:sign", pk)
    return render(request, "firms/sign.html", {"form": form, **shown_to_sign(asked)})


@require_safe
def sign_file(request: Request, pk: int) -> HttpResponse:
    """The file asked to be signed."""
    asked = asked_of(request, pk)
    if asked.version.file is None:
        raise Http404
    return file_answer(asked.version.file, name=str(asked.version))


@require_safe
def signature_picture(request: Request, pk: int) -> HttpResponse:
    """What the side of this request has drawn, for the sides of the same document."""
    own = SignatureRequest.objects.visible_to(request.acting).values("version__document")
    asked = get_object_or_404(SignatureRequest.objects.filter(version__document__in=own), pk=pk)
    if asked.standing is None or asked.standing.picture is None:
        raise Http404
    response = HttpResponse(files.read(asked.standing.picture), content_type=PNG)
    response["Cache-Control"] = "private, max-age=3600"
    return response
