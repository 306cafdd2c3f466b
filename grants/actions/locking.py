"""The lock every action on a case takes first, and the refusals they share."""

from datetime import date

from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.models import GrantCase
from grants.states import ENDED


def locked(case: GrantCase) -> GrantCase:
    """The case as it is now, held until the transaction ends."""
    return (
        GrantCase.objects.select_for_update(of=("self",))
        .select_related(
            "establishment__organisation",
            "run__course__college",
            "conversion__person",
            "subscription",
            "conversion__plan",
            "contact",
        )
        .get(pk=case.pk)
    )


def refuse_ended(case: GrantCase) -> None:
    if case.state in ENDED:
        raise Refused(_("この案件は「%(state)s」のため変更できません。") % {"state": case.get_state_display()})


def refuse_future(day: date, *, today: date, field: str) -> None:
    if day > today:
        raise Refused(
            _("%(day)s はまだ来ていません。実際の日付を入力してください。") % {"day": day_words(day)}, field=field
        )
