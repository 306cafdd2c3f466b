"""How allauth treats accounts: nobody signs up alone, invented people stay in the demo, a warm password is enough."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from firms.models import Person
from firms.queries import is_invented


class Backend(AuthenticationBackend):
    """The demo's passwords stand in the README, so outside the demo its people cannot sign in, nor stay signed in."""

    def user_can_authenticate(self, user: Person) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not is_invented(user))


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **options: Any) -> HttpResponse | None:
        if not Backend().user_can_authenticate(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **options)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A new advisor is sent from sign-in straight to the second factor: the password is still warm there."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        return time.time() - latest >= app_settings.REAUTHENTICATION_TIMEOUT
