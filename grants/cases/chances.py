"""Where one click on a chance leads whoever reads it."""

from django.urls import reverse

from firms.acting import Acting
from firms.models.organisations import Kind
from firms.words.saying import said as _
from grants.models import Chance, ChanceKind


def act_of(chance: Chance, acting: Acting) -> tuple[str, str]:
    """Only the firm enrols its people and hires; its office opens the cases, and reads what the others are about."""
    is_firm = acting.kind == Kind.FIRM
    if chance.kind == ChanceKind.AHEAD:
        return reverse("grants:cases"), _("案件をつくる")
    if chance.kind == ChanceKind.COURSE and is_firm:
        return reverse("courses:enrol", args=[chance.run_id]), _("従業員を申し込む")
    if chance.kind == ChanceKind.COURSE:
        return reverse("courses:run", args=[chance.run_id]), _("講座を見る")
    if chance.kind == ChanceKind.CONVERSION:
        return reverse("grants:conversion_new"), _("転換の案件をつくる")
    if chance.kind == ChanceKind.TRIAL and is_firm:
        return reverse("trials:direct_new"), _("トライアル雇用を登録する")
    return reverse("grants:scheme", args=[chance.scheme]), _("制度の内容を見る")
