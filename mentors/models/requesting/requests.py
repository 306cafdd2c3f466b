"""A request: a firm or a school asks for somebody to teach its young people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import DESK_ROLES, Kind
from mentors import occupations
from mentors.models.certifying.certifications import Certification
from mentors.states import RequestState

# Which limit of visits an organisation falls under, in the words of the rules.
HOST_KINDS: dict[str, str] = {Kind.FIRM: "firm", Kind.AGENCY: "firm", Kind.COLLEGE: "school"}


class Grade(models.TextChoices):
    """By it the log asks for the tasks of 技能検定; without one it asks for the whole alone."""

    THIRD = "3", _("3級")
    SECOND = "2", _("2級")
    FIRST = "1", _("1級")


class MentoringRequestQuerySet(models.QuerySet["MentoringRequest"]):
    def visible_to(self, acting: Acting) -> "MentoringRequestQuerySet":
        """The desk that asked; the マイスター it was planned with; the ward."""
        seen = Q(certification__person=acting.person)
        if acting.role in DESK_ROLES:
            seen |= Q(host=acting.organisation_id)
        if acting.kind == Kind.WARD:
            seen |= Q(ward=acting.organisation_id)
        return self.filter(seen)


class MentoringRequest(models.Model):
    tone = {
        RequestState.ASKED: "info",
        RequestState.PLANNED: "warning",
        RequestState.AGREED: "success",
        RequestState.CANCELLED: "neutral",
    }

    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("派遣先"))
    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    is_association = models.BooleanField(_("組合・技能士会などの団体として依頼する"), default=False)
    asked_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("依頼した人"))
    occupation = models.CharField(_("職種"), max_length=40)
    need = models.CharField(_("教えてほしいこと"), max_length=300)
    machine = models.CharField(_("使う機械"), max_length=100, blank=True)
    grade = models.CharField(_("目指す技能検定の級"), max_length=1, choices=Grade.choices, blank=True)
    people = models.PositiveSmallIntegerField(_("教わる人数"))
    wanted_on = models.DateField(_("始めたい日"))
    place = models.CharField(_("場所"), max_length=200)
    prefecture = models.CharField(_("都道府県"), max_length=10, default="東京都")
    contact_name = models.CharField(_("現場の担当者"), max_length=60)
    contact_email = models.EmailField(_("現場の担当者のメールアドレス"), blank=True)
    certification = models.ForeignKey(
        Certification, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("マイスター")
    )
    state = models.CharField(_("状態"), max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    host_agreed_at = models.DateTimeField(_("派遣先が計画を決めた日時"), null=True, blank=True)
    mentor_agreed_at = models.DateTimeField(_("マイスターが承諾した日時"), null=True, blank=True)
    because = models.CharField(_("辞退・取下げの理由"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("依頼日時"), auto_now_add=True)

    objects = MentoringRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("派遣依頼")
        verbose_name_plural = _("派遣依頼")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(condition=Q(people__gte=1), name="request_for_somebody"),
            models.CheckConstraint(condition=Q(grade__in=["", *Grade.values]), name="request_grade_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "agreed"])
                | Q(certification__isnull=False, host_agreed_at__isnull=False),
                name="request_planned_with_a_mentor",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(mentor_agreed_at__isnull=False), name="request_agreed_by_both"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(because=""), name="request_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.occupation_label}"

    @property
    def occupation_label(self) -> str:
        return occupations.label_of(self.occupation)

    @property
    def host_kind(self) -> str:
        """In the words of the rules of limits: an association of firms has its own, a school stays a school."""
        kind = HOST_KINDS[self.host.kind]
        return "association" if self.is_association and kind == "firm" else kind


class AgeBand(models.TextChoices):
    UNDER_20 = "under_20", _("10代")
    TWENTIES = "20s", _("20代")
    THIRTIES = "30s", _("30代")
    OLDER = "40s", _("40歳以上")


class Learner(models.Model):
    """Who is to be taught. The list is closed when the first session begins."""

    request = models.ForeignKey(MentoringRequest, models.PROTECT, related_name="learners", verbose_name=_("派遣依頼"))
    # Of the host's own people: their hours stand in their training record.
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="learnt", verbose_name=_("従業員")
    )
    name = models.CharField(_("氏名"), max_length=60)
    age_band = models.CharField(_("年代"), max_length=8, choices=AgeBand.choices)
    years = models.PositiveSmallIntegerField(_("経験年数"))
    role = models.CharField(_("担当"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("受講者")
        verbose_name_plural = _("受講者")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "name"], name="learner_name_once"),
            models.UniqueConstraint(
                fields=["request", "person"], condition=Q(person__isnull=False), name="learner_person_once"
            ),
            models.CheckConstraint(condition=Q(age_band__in=AgeBand.values), name="learner_age_band_known"),
        ]

    def __str__(self) -> str:
        return self.name
