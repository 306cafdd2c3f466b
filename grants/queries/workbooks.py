"""The official workbooks that fit what was frozen."""

from firms.acting import Acting
from grants.models import Claim, PlanVersion, Workbook


def fitting(acting: Acting, frozen: PlanVersion | Claim) -> list[Workbook]:
    """Those of the frozen edition, the newest first: in another edition the same cells mean other boxes."""
    is_claim = isinstance(frozen, Claim)
    plan = frozen.lifted["plan"] if is_claim else frozen.lifted  # type: ignore[typeddict-item]
    scheme = plan["scheme"]  # type: ignore[typeddict-item]
    menu, of = f"{scheme['code']}:{scheme['menu']}", Workbook.Of.CLAIM if is_claim else Workbook.Of.PLAN
    return list(Workbook.objects.visible_to(acting).filter(menu=menu, edition=plan["form_edition"], of=of))  # type: ignore[typeddict-item]
