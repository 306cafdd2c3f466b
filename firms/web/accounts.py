"""How allauth treats accounts: nobody signs up alone, invented people stay in the demo, a warm password is enough."""

import time
import unicodedata
from itertools import pairwise
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from firms.models import Person
from firms.post.mailing import Item, html_of
from firms.queries import is_invented, memberships_of, person_by_number, today
from firms.web.middleware import needs_second_factor
from firms.words.saying import said as _

# Fewer different letters than this are guessed at once.
VARIED = 5


class VariedPasswordValidator:
    """Eight times one letter, or two letters in turn, is long and no password."""

    def validate(self, password: str, user: Person | None = None) -> None:
        folded = unicodedata.normalize("NFKC", password).casefold()
        if len(set(folded)) < VARIED or is_a_run(folded):
            raise ValidationError(
                _(
                    "同じ文字のくり返しや並び順どおりの文字は、パスワードにできません。%(count)d種類以上の文字を混ぜてください。"
                )
                % {"count": VARIED},
                code="password_not_varied",
            )

    def get_help_text(self) -> str:
        return _("%(count)d種類以上の文字を混ぜてください。") % {"count": VARIED}


def is_a_run(text: str) -> bool:
    """あいうえおかきく, abcdefgh, 98765432: every letter one step from the last."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


class PasswordHasher(Argon2PasswordHasher):
    """argon2id as the OWASP Password Storage Cheat Sheet asks for at least: 19 MiB, two passes, one lane.

    Django's own asks for 100 MiB and eight lanes, which four processes of a small server cannot give at eight o'clock.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1


class Backend(AuthenticationBackend):
    """The demo's passwords stand in the README, so outside the demo its people cannot sign in, nor stay signed in."""

    def user_can_authenticate(self, user: Person) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not is_invented(user))

    def get_user(self, user_id: int) -> Person | None:
        """As Django's, at the beginning of every request of somebody signed in."""
        found = person_by_number(user_id)
        return next((one for one in found if self.user_can_authenticate(one)), None)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Where a role asks for a second factor it may be another phone's, and never none."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "あなたの役割では二段階認証が必要なため、外せません。スマートフォンを替えるときは「登録し直す」を選んでください。"
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user, memberships_of(authenticator.user, on=today()))


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; people come by invitation."""

    def format_email_subject(self, subject: str) -> str:
        """As our other letters: without the name of the machine."""
        return subject

    def render_mail(self, *args: Any, **options: Any) -> EmailMultiAlternatives:
        """As our other letters: the same words as HTML beside the plain text."""
        plain = super().render_mail(*args, **options)
        letter = EmailMultiAlternatives(
            plain.subject, plain.body, plain.from_email, plain.to, headers=plain.extra_headers
        )
        letter.attach_alternative(html_of(plain.subject, [Item("", plain.body, "")], ending=""), "text/html")
        return letter

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
