"""Person: one human, one login, many memberships."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# What a person is called, as they are asked for it.
NAME_FIELDS = ("family_name", "given_name", "family_kana", "given_kana")


class PersonManager(BaseUserManager["Person"]):
    """Makes people by e-mail address, which is their only login name."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "Person":
        """Without an address nobody signs in: a trainee whom their firm has registered and who has not joined."""
        person = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("メールアドレス"), unique=True, null=True, blank=True)
    family_name = models.CharField(_("姓"), max_length=40)
    given_name = models.CharField(_("名"), max_length=40, blank=True)
    family_kana = models.CharField(_("姓（フリガナ）"), max_length=60, blank=True)
    given_kana = models.CharField(_("名（フリガナ）"), max_length=60, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    reads_easy = models.BooleanField(_("やさしい日本語で読む"), default=False)
    is_active = models.BooleanField(_("有効"), default=True)
    is_staff = models.BooleanField(_("管理画面に入れる"), default=False)
    created_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["family_name"]

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
        ordering = ["family_kana", "given_kana", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(condition=~Q(email=""), name="person_email_is_none_or_one"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def full_kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}".strip()

    def get_full_name(self) -> str:
        return self.full_name
