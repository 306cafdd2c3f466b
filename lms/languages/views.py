"""The switch at the foot of every page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from firms.web.http import Request


# Without a token, for the foot is the same text for everybody; all a stranger's form could do is change the language.
@csrf_exempt
@login_not_required
@require_POST
def read_in(request: Request) -> HttpResponse:
    """Back to the page one came from, in the other language."""
    return set_language(request)
