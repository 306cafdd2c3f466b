"""A recommendation by a third party: asked for by a link, given on its page without an account."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from firms.acting import Acting
from firms.actions.links import Receiver, send_link
from firms.errors import Refused
from firms.journal import record
from firms.links.purposes import Guest
from firms.models import ActionLink
from firms.post.notify import notify
from firms.words.names import plain
from firms.words.saying import said as _
from mentors.actions.certifying.applying import locked, refuse_closed
from mentors.models import Application, Recommendation
from mentors.models.certifying.applications import Tie
from mentors.rules import link_term

RECOMMEND = "mentors.recommend"


@transaction.atomic
def ask_recommendation(application: Application, *, name: str, party: str, email: str, by: Acting) -> ActionLink:
    application = locked(application)
    refuse_closed(application)
    refuse_oneself(application, name=name, email=email)
    to = Receiver(name, party, email)
    return send_link(application, purpose=RECOMMEND, to=to, term=link_term(by.today), owner=application.ward, by=by)


def refuse_oneself(application: Application, *, name: str, email: str) -> None:
    own = (application.person.email or "").lower()
    if email.lower() == own or plain(name) == plain(application.person.full_name):
        raise Refused(
            _("ご自身では推薦できません。勤め先の方や、技能士会の方などにお願いしてください。"), field="email"
        )


def recommend(guest: Guest, given: dict[str, Any]) -> None:
    """What pressing the button behind the link does."""
    application = locked(Application.objects.get(pk=guest.link.subject_id))
    if not application.is_editable:
        raise Refused(_("この申請はすでに提出されたため、推薦を加えられません。申請した方にお尋ねください。"))
    if plain(guest.name) == plain(application.person.full_name):
        raise Refused(_("申請者ご本人は推薦できません。"), field="name")
    if given["tie"] == Tie.RELATIVE:
        raise Refused(
            _("二親等以内の親族の方は推薦できません。申請した方に、ほかの方にお願いするよう伝えてください。"),
            field="tie",
        )
    party = guest.link.for_party if guest.is_the_receiver else f"{guest.link.for_party} {guest.position}".strip()
    told = {"name": guest.name, "party": party, "email": guest.link.email}
    made = Recommendation.objects.create(
        application=application, link=guest.link, tie=given["tie"], text=given["text"], **told
    )
    record(application, "application.recommend", by=None, concerns=application.ward, who=str(made))
    notify(
        application.person,
        subject=_("推薦が届きました: %(title)s") % {"title": application.title},
        body=_("%(name)sさんの推薦が届きました。書類がそろっていれば、申請を提出できます。") % {"name": guest.name},
        path=reverse("mentors:application", args=[application.pk]),
    )
