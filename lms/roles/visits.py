"""Since the last visit: counted once when somebody signs in, and kept with the session."""

from typing import Any

from django.http import HttpRequest

from firms.models import Notification, Person
from firms.words.japanese import jdatetime

SINCE = "since"


def count_since_last_visit(sender: object, request: HttpRequest, user: Person, **options: Any) -> None:
    """On `user_logged_in`, before Django writes down this visit as the last."""
    if user.last_login is None:
        return
    count = Notification.objects.filter(person=user, created_at__gt=user.last_login).count()
    request.session[SINCE] = {"at": jdatetime(user.last_login), "count": count}
