"""Photographs of a session, and who is on them: shown only while everybody on one of them agrees."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import StoredFile
from mentors.models.requesting.plans import Session
from mentors.models.requesting.requests import Learner


class SessionPhotoQuerySet(models.QuerySet["SessionPhoto"]):
    def visible_to(self, acting: Acting) -> "SessionPhotoQuerySet":
        """As the session."""
        return self.filter(session__in=Session.objects.visible_to(acting))

    def shown(self) -> "SessionPhotoQuerySet":
        """Those nobody on them has taken back their consent to."""
        return self.exclude(
            Exists(PhotoPerson._default_manager.filter(photo=OuterRef("pk"), withdrawn_at__isnull=False))
        )


class SessionPhoto(models.Model):
    """The picture as it was made anew from what was sent: without place, time and device."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="photos", verbose_name=_("実技指導"))
    picture = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("写真"))
    caption = models.CharField(_("説明"), max_length=100)
    added_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("加えた人"))
    added_at = models.DateTimeField(_("加えた日時"), auto_now_add=True)

    objects = SessionPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("実技指導の写真")
        verbose_name_plural = _("実技指導の写真")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "picture"], name="photo_once"),
            models.CheckConstraint(condition=~Q(caption=""), name="photo_has_a_caption"),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def is_shown(self) -> bool:
        """As `shown` asks the database; no query where the people were fetched."""
        return all(one.withdrawn_at is None for one in self.people.all())


class PhotoPerson(models.Model):
    """Somebody on a picture who agreed to it; taken back, the picture is shown no more."""

    photo = models.ForeignKey(SessionPhoto, models.PROTECT, related_name="people", verbose_name=_("写真"))
    learner = models.ForeignKey(Learner, models.PROTECT, null=True, related_name="+", verbose_name=_("受講者"))
    name = models.CharField(_("写っている人"), max_length=60)
    consented_at = models.DateTimeField(_("同意の日時"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("同意を取り下げた日時"), null=True, blank=True)
    withdrawn_because = models.CharField(_("取下げの理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("写真に写っている人")
        verbose_name_plural = _("写真に写っている人")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "name"], name="photo_person_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="photo_consent_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name
