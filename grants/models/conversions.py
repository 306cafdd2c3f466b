"""ConversionPlan: what 様式第1-1号 says where it stands in for a キャリアアップ計画書."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.cases import GrantCase


class ConversionPlan(models.Model):
    """キャリアアップ助成金支給要領R8.4.8 0302ヘ※・0402※: whoever wants it names the manager, the measure and its month.

    What is not known yet is empty, and named as missing before the plan is frozen."""

    case = models.OneToOneField(GrantCase, models.CASCADE, related_name="conversion_plan", verbose_name=_("助成金案件"))
    is_wanted = models.BooleanField(_("計画届をキャリアアップ計画書に代える"))
    manager_name = models.CharField(_("キャリアアップ管理者の氏名"), max_length=60, blank=True)
    is_conversion = models.BooleanField(_("訓練を修了した人を正社員に転換する"), default=False)
    month = models.DateField(_("転換する予定の年月"), null=True, blank=True)

    class Meta:
        verbose_name = _("キャリアアップ計画（計画届に記入）")
        verbose_name_plural = _("キャリアアップ計画（計画届に記入）")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_wanted=True) | Q(manager_name="", is_conversion=False, month=None),
                name="conversion_plan_unwanted_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__day=1), name="conversion_plan_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.manager_name}"
