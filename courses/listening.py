"""What courses/ does when something below it changes: a college's new name is what its courses are found by."""

from typing import Any

from firms.models import Organisation
from firms.models.organisations import Kind


def college_saved(sender: type[Organisation], instance: Organisation, *, created: bool, **_about: Any) -> None:
    from courses.actions.catalogue.courses import refresh_search_texts

    if not created and instance.kind == Kind.COLLEGE:
        refresh_search_texts(instance)
