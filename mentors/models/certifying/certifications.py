"""Certification: the recognition itself with number, term and check code, and what interrupts or ends it."""

from datetime import date
from itertools import chain

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Organisation
from firms.models.organisations import Kind
from firms.papers.codes import spoken_code
from firms.words.searching import search_form
from mentors import occupations, places, teachings
from mentors.models.certifying.applications import Application, Designation
from mentors.shapes import CertificationFacts, lifted_certification
from mentors.teachings import FACETS


class Standing(models.TextChoices):
    """What a certification is worth on a day."""

    VALID = "valid", _("有効")
    AHEAD = "ahead", _("開始前")
    SUSPENDED = "suspended", _("停止中")
    WITHDRAWN = "withdrawn", _("取消し")
    OVER = "over", _("期限切れ")


STANDING_TONE = {Standing.VALID: "success", Standing.SUSPENDED: "warning", Standing.WITHDRAWN: "error"}


class CertificationQuerySet(models.QuerySet["Certification"]):
    def visible_to(self, acting: Acting) -> "CertificationQuerySet":
        """The holder's own; the ward those it gave."""
        own = Q(person=acting.person)
        if acting.kind == Kind.WARD:
            own |= Q(ward=acting.organisation_id)
        return self.filter(own)

    def valid_on(self, day: date) -> "CertificationQuerySet":
        """Within its term, not withdrawn, not suspended that day; as `Certification.standing_on` says of one row."""
        stopped = Suspension.objects.filter(Q(last_on=None) | Q(last_on__gte=day), first_on__lte=day)
        in_term = self.filter(certified_on__lte=day, last_on__gte=day).filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
        )
        return in_term.exclude(pk__in=stopped.order_by().values("certification"))

    def listed_on(self, day: date) -> "CertificationQuerySet":
        """What the public register shows."""
        return self.valid_on(day).filter(is_listed=True)

    def matching(self, words: str) -> "CertificationQuerySet":
        """Every word occurs in what the register says of it; width, case and kana are forgiven."""
        found = self
        for word in search_form(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Certification(models.Model):
    """Number, facts and days are frozen. Papers and pages are made of `facts`; the register of what the holder agreed to."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="certification", verbose_name=_("申請")
    )
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, related_name="certifications", verbose_name=_("マイスター")
    )
    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    designation = models.CharField(_("認定の種類"), max_length=8, choices=Designation.choices)
    occupation = models.CharField(_("職種"), max_length=40)
    number = models.CharField(_("認定番号"), max_length=30, unique=True)
    check_code = models.CharField(_("照会コード"), max_length=32, unique=True)
    facts = models.JSONField(_("記載事項"))
    certified_on = models.DateField(_("認定日"))
    last_on = models.DateField(_("有効期限"))
    withdrawn_on = models.DateField(_("取消日"), null=True, blank=True)
    withdrawn_because = models.CharField(_("取消しの理由"), max_length=400, blank=True)
    is_listed = models.BooleanField(_("公開名簿に載せる"), default=False)
    best = models.CharField(_("いちばん教えたいこと"), max_length=200, blank=True)
    also = models.CharField(_("一覧にない機械・教え方など"), max_length=200, blank=True)
    base = models.CharField(_("お住まいか仕事場の区市"), max_length=5, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("マイスターの認定")
        verbose_name_plural = _("マイスターの認定")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("certified_on")), name="certification_has_a_term"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                name="certification_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(is_listed=False), name="certification_withdrawn_is_not_listed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.lifted['name']}"

    @property
    def lifted(self) -> CertificationFacts:
        """Its facts in today's shape."""
        return lifted_certification(self.facts)

    @property
    def occupation_label(self) -> str:
        return occupations.label_of(self.occupation)

    @property
    def title(self) -> str:
        return f"{self.get_designation_display()} {self.occupation_label}"

    @property
    def spoken_code(self) -> str:
        """The code in groups of five, as it is printed for people who type it."""
        return spoken_code(self.check_code)

    @property
    def base_label(self) -> str:
        return places.label_of(self.base)

    @property
    def told(self) -> dict[str, list[str]]:
        """By facet what its holder ticked, in the order of the lists; one query unless the tags were fetched."""
        ticked = {(one.facet, one.key) for one in self.tags.all()}
        lists = {
            facet: [name for key, name in teachings.known(facet).items() if (facet, key) in ticked] for facet in FACETS
        }
        return {facet: names for facet, names in lists.items() if names}

    def standing_on(self, day: date) -> Standing:
        """As `valid_on` asks the database; one query unless the suspensions were fetched."""
        if self.withdrawn_on and self.withdrawn_on <= day:
            return Standing.WITHDRAWN
        if day < self.certified_on:
            return Standing.AHEAD
        if day > self.last_on:
            return Standing.OVER
        return Standing.SUSPENDED if any(one.covers(day) for one in self.suspensions.all()) else Standing.VALID

    def words(self) -> str:
        """What the register's search looks through."""
        found = occupations.occupation(self.occupation)
        facts = self.lifted
        told = [facts["teaches"], facts["machines"], facts["area"], facts["languages"], facts["name"], facts["kana"]]
        parts = [self.title, found.also if found else "", *told, self.best, self.also]
        ticked = chain(*self.told.values()) if self.pk else ()
        return search_form(" ".join([*parts, *ticked]))


class TeachingTag(models.Model):
    """One thing its holder ticked for the public register; `key` is of the list of its facet."""

    certification = models.ForeignKey(Certification, models.CASCADE, related_name="tags", verbose_name=_("認定"))
    facet = models.CharField(_("公開名簿の項目"), max_length=8)
    key = models.CharField(_("選んだもの"), max_length=20)

    class Meta:
        verbose_name = _("公開名簿で選んだこと")
        verbose_name_plural = _("公開名簿で選んだこと")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "facet", "key"], name="tag_once"),
            models.CheckConstraint(condition=Q(facet__in=FACETS), name="tag_facet_known"),
            models.CheckConstraint(condition=~Q(key=""), name="tag_says_what"),
        ]
        indexes = [models.Index(fields=["facet", "key"], name="tag_by_key")]

    def __str__(self) -> str:
        return teachings.label_of(self.facet, self.key)


class Suspension(models.Model):
    """The recognition does not count in these days; without a last day until it is lifted."""

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="suspensions", verbose_name=_("認定"))
    first_on = models.DateField(_("停止の最初の日"))
    last_on = models.DateField(_("停止の最後の日"), null=True, blank=True)
    because = models.CharField(_("停止の理由"), max_length=400)

    class Meta:
        verbose_name = _("認定の停止")
        verbose_name_plural = _("認定の停止")
        ordering = ["first_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["certification"], condition=Q(last_on=None), name="suspension_open_once"),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="suspension_in_order"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="suspension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.certification} {self.first_on}"

    def covers(self, day: date) -> bool:
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


class RenewalReminder(models.Model):
    """So many months before the end the holder is told once; a night that was missed loses nothing."""

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="reminders", verbose_name=_("認定"))
    months = models.PositiveSmallIntegerField(_("期限の何か月前"))
    due_on = models.DateField(_("知らせる日"))
    sent_at = models.DateTimeField(_("知らせた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("更新の知らせ")
        verbose_name_plural = _("更新の知らせ")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "months"], name="reminder_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certification} {self.months}"
