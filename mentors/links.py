"""The purposes of mentors' links: to recommend, to vote, to get a first login, to agree to be in a picture."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.links.purposes import Purpose, register_purpose
from firms.models import ActionLink, Organisation
from firms.queries import today
from mentors.actions.certifying.joining import JOIN, join
from mentors.actions.certifying.recommending import RECOMMEND, recommend
from mentors.actions.certifying.reviewing import VOTE, vote
from mentors.actions.manuals.people import APPEAR, agree_by_link, consent_text
from mentors.forms.certifying.guests import CraftsmanJoinForm, RecommendForm, VoteForm
from mentors.forms.manuals.people import AppearForm
from mentors.models import Appearance, Application, Ballot
from mentors.models.manuals.manuals import COVERED_BY, Visibility
from mentors.queries.certifying import judged


def shown_to_recommend(link: ActionLink) -> dict[str, Any]:
    """What the applicant wrote, without their papers."""
    return {"application": Application.objects.select_related("person").get(pk=link.subject_id)}


def shown_to_vote(link: ActionLink) -> dict[str, Any]:
    """The whole file of the application; what other members said stays theirs."""
    ballot = Ballot.objects.select_related("application__person", "member").get(pk=link.subject_id)
    application = ballot.application
    return {
        "application": application,
        "stretches": application.stretches.all(),
        "proofs": application.proofs.select_related("evidence"),
        "recommendations": application.recommendations.all(),
        "judged": judged(application, on=today()),
    }


def shown_to_join(link: ActionLink) -> dict[str, Any]:
    return {"ward": Organisation.objects.get(pk=link.subject_id)}


def shown_to_appear(link: ActionLink) -> dict[str, Any]:
    """The title, and what is agreed to for each reach; the film is shown to whom it is sent by the keeper."""
    appearance = Appearance.objects.select_related("manual__firm").get(pk=link.subject_id)
    reaches = COVERED_BY[Visibility(appearance.manual.visibility)]
    return {"appearance": appearance, "texts": [consent_text(appearance, one) for one in reaches]}


def register() -> None:
    """Called when the app is ready."""
    register_purpose(
        RECOMMEND,
        Purpose(
            label=_("マイスターの推薦"),
            button=_("推薦する"),
            done=_("推薦しました"),
            template="mentors/certifying/parts/guest_recommend.html",
            form=RecommendForm,
            shown=shown_to_recommend,
            act=recommend,
        ),
    )
    register_purpose(
        VOTE,
        Purpose(
            label=_("マイスター認定の審査"),
            button=_("この判断を届ける"),
            done=_("判断を受け取りました"),
            template="mentors/certifying/parts/guest_vote.html",
            form=VoteForm,
            shown=shown_to_vote,
            act=vote,
        ),
    )
    register_purpose(
        JOIN,
        Purpose(
            label=_("マイスター認定を申請するための登録"),
            button=_("登録する"),
            done=_("登録しました"),
            template="mentors/certifying/parts/guest_join.html",
            form=CraftsmanJoinForm,
            shown=shown_to_join,
            act=join,
        ),
    )
    register_purpose(
        APPEAR,
        Purpose(
            label=_("動画に写ることの同意"),
            button=_("同意する"),
            done=_("同意を受け取りました"),
            template="mentors/manuals/parts/guest_appear.html",
            form=AppearForm,
            shown=shown_to_appear,
            act=agree_by_link,
        ),
    )
