"""中小企業かどうか, as far as the firm has said what it takes to tell."""

from firms.models import Organisation
from grants.rules import firm_size


def is_small(firm: Organisation) -> bool | None:
    """None while industry or headcount are not entered."""
    if not firm.industry or firm.regular_employees is None:
        return None
    return firm_size(firm.industry, capital_yen=firm.capital_yen, regular_employees=firm.regular_employees).sme
