"""The switch of the user menu."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from firms.actions.people import read_easily
from firms.web.http import Request, require
from lms.easy.reading import may_read_easily


@require_POST
def switch_easy(request: Request) -> HttpResponse:
    """Back to the page one came from, in the other words."""
    require(may_read_easily(request.acting))
    read_easily(wanted=request.POST.get("easy") == "1", by=request.acting)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back and is_ours else "home")
