"""Fields that forgive how something was typed, and refuse what is not understood."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from firms.forms.fields import DayField


@pytest.mark.parametrize("typed", ["2027-02-01", "2027/2/1", "２０２７／０２／０１", "2027.2.1", " 2027年2月1日 "])
def test_day_is_taken_as_it_is_typed(typed):
    assert DayField().clean(typed) == date(2027, 2, 1)


@pytest.mark.parametrize("typed", ["2027/2/30", "2/1", "2027", "27/2/1", "2027/2/1 10:00", "昨日"])
def test_day_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)
