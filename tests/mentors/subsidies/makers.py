"""A subsidy brought as far as a test needs it, by the product's own actions."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from firms.models import Evidence
from mentors.actions.subsidies.asking import apply_subsidy, begin_subsidy, prove_subsidy, report_subsidy
from mentors.actions.subsidies.deciding import decide_subsidy, fix_subsidy
from mentors.models import Subsidy
from tests.conftest import MORNING, TODAY
from tests.firms.makers import PDF

FACTS = {"title": "旋盤の技能の動画化", "plan": "三人の作業を撮る", "finish_on": date(2027, 2, 26), "cost_yen": 500_900}


def fresh(subsidy):
    return Subsidy.objects.select_related("firm", "ward").get(pk=subsidy.pk)


def begun(manager, ward, *, aim="pr_film", **facts):
    return begin_subsidy(firm=manager.organisation, ward=ward, aim=aim, by=manager.acting(), **{**FACTS, **facts})


def applied(manager, ward, **facts):
    made = begun(manager, ward, **facts)
    apply_subsidy(made, by=manager.acting())
    return fresh(made)


def decided(manager, officer, **facts):
    made = applied(manager, officer.organisation, **facts)
    decide_subsidy(made, by=officer.acting())
    return fresh(made)


def proved(subsidy, manager):
    prove_subsidy(subsidy, SimpleUploadedFile("領収書.pdf", PDF), by=manager.acting())
    Evidence.objects.filter(state="unchecked").update(state="clean", checked_at=MORNING)


def reported(manager, officer, *, spent_yen=480_000, manuals=(), **facts):
    made = decided(manager, officer, **facts)
    proved(made, manager)
    told = {"finished_on": TODAY, "spent_yen": spent_yen, "result": "三本できた", "manuals": list(manuals)}
    report_subsidy(made, by=manager.acting(), **told)
    return fresh(made)


def fixed(manager, officer, **facts):
    made = reported(manager, officer, **facts)
    fix_subsidy(made, by=officer.acting())
    return fresh(made)
