"""A log of a day without certification: the ward releases it or refuses it, with a reason, before money flows."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.post.notify import notify
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.models import LogRuling, Session, SessionLog
from mentors.models.sessions.rulings import Ruling

VERBS = {Ruling.RELEASED: "log.release", Ruling.REFUSED: "log.refuse"}


@transaction.atomic
def rule_on_log(log: SessionLog, choice: Ruling, *, because: str, by: Acting) -> LogRuling:
    """On the telling that stands; one that was corrected meanwhile is ruled on in its new words."""
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("request__ward", "mentor").get(pk=log.session_id)
    )
    refuse_unruled(log)
    try:
        with transaction.atomic():
            made = LogRuling.objects.create(log=log, choice=choice, because=because, ruled_by=by.person)
    except IntegrityError:
        raise Refused(_("この記録は、すでに判断されています。画面を開き直してください。")) from None
    record(log, VERBS[choice], by=by, concerns=session.request.ward, reason=because)
    told = {"day": day_words(session.on), "standing": log.get_standing_display(), "because": because}
    body = {
        Ruling.RELEASED: _("%(day)sの認定は「%(standing)s」でしたが、区が支払うことにしました。理由: %(because)s"),
        Ruling.REFUSED: _("%(day)sの認定が「%(standing)s」だったため、謝金は支払われません。理由: %(because)s"),
    }[choice]
    path = reverse("mentors:session", args=[session.pk])
    notify(session.mentor, subject=_("謝金の判断: %(session)s") % {"session": session}, body=body % told, path=path)
    return made


def refuse_unruled(log: SessionLog) -> None:
    if log.is_certified:
        raise Refused(_("認定が有効な日の記録には、判断は要りません。"))
    if SessionLog.objects.filter(corrects=log).exists():
        raise Refused(_("この記録は訂正されています。新しい記録を見て、判断してください。"))
