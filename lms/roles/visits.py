"""Since the last visit: counted once when somebody signs in, and kept with the session."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from firms.models import Notification, Person

# What the session holds it under: the moment as ISO, for its words are those of the page.
SINCE = "since_visit"


def count_since_last_visit(sender: object, request: HttpRequest, user: Person, **options: Any) -> None:
    """On `user_logged_in`, before Django writes down this visit as the last."""
    if user.last_login is None:
        return
    count = Notification.objects.filter(person=user, created_at__gt=user.last_login).count()
    request.session[SINCE] = {"at": user.last_login.isoformat(), "count": count}


def since_last_visit(request: HttpRequest) -> dict[str, object] | None:
    """When that was, and how many notices came after it; None where nobody was here before."""
    held = request.session.get(SINCE)
    return {**held, "at": datetime.fromisoformat(held["at"])} if held else None
