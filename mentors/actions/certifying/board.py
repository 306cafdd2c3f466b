"""Who sits on the board."""

from django.db import IntegrityError, transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _
from mentors.models import BoardMember


@transaction.atomic
def appoint(*, ward: Organisation, name: str, party: str, email: str, by: Acting) -> BoardMember:
    given = {"ward": ward, "name": name, "party": party, "email": email.lower(), "started_on": by.today}
    try:
        with transaction.atomic():
            member = BoardMember.objects.create(**given)
    except IntegrityError:
        raise Refused(_("このメールアドレスの委員は、すでに就任しています。"), field="email") from None
    record(member, "board.appoint", by=by, concerns=ward)
    return member


@transaction.atomic
def dismiss(member: BoardMember, *, by: Acting) -> None:
    """From today; what they have voted stands. A second click finds it done."""
    row = BoardMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if row.ended_on is None:
        BoardMember.objects.filter(pk=row.pk).update(ended_on=by.today)
        record(row, "board.dismiss", by=by, concerns=row.ward_id)
