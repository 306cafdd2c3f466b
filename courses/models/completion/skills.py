"""Which items of the skill standards a course teaches, who earned them, and which a firm wants."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.courses import Course
from courses.models.completion.certificates import Certificate
from firms.models import Organisation

# `item` is the key of an item in courses/frameworks/*.toml: "framework:version:code", such as "dss-p:2.0:3.2.1".
ITEM_LENGTH = 40


class CourseSkill(models.Model):
    course = models.ForeignKey(Course, models.CASCADE, related_name="skills", verbose_name=_("講座"))
    item = models.CharField(_("スキル項目"), max_length=ITEM_LENGTH)

    class Meta:
        verbose_name = _("講座のスキル項目")
        verbose_name_plural = _("講座のスキル項目")
        ordering = ["item"]
        constraints = [models.UniqueConstraint(fields=["course", "item"], name="course_skill_once")]
        indexes = [models.Index(fields=["item"], name="course_skill_item")]

    def __str__(self) -> str:
        return f"{self.course} {self.item}"


class EarnedSkill(models.Model):
    """An item a person gained by completing a course; it falls away with the certificate that shows it."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="skills", verbose_name=_("修了証"))
    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="earned_skills", verbose_name=_("利用者"))
    item = models.CharField(_("スキル項目"), max_length=ITEM_LENGTH)

    class Meta:
        verbose_name = _("身についたスキル項目")
        verbose_name_plural = _("身についたスキル項目")
        ordering = ["item"]
        constraints = [models.UniqueConstraint(fields=["certificate", "item"], name="earned_skill_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.item}"


class SkillTarget(models.Model):
    """How many people of a firm should have an item."""

    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="skill_targets", verbose_name=_("企業"))
    item = models.CharField(_("スキル項目"), max_length=ITEM_LENGTH)
    people = models.PositiveSmallIntegerField(_("目標の人数"))

    class Meta:
        verbose_name = _("スキルの目標")
        verbose_name_plural = _("スキルの目標")
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "item"], name="skill_target_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="skill_target_wants_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.item} {self.people}"
