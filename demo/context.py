"""What every page knows of the demo: whether this is one, and on the two pages of sign-in how one comes in."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from demo.logins import demo_code, demo_logins


def page(request: HttpRequest) -> dict[str, object]:
    asks_who = getattr(request, "acting", None) is None and request.path == reverse("account_login")
    return {
        "settings_demo": settings.DEMO,
        "demo_code": demo_code(request),
        "demo_logins": demo_logins() if asks_who else [],
    }
