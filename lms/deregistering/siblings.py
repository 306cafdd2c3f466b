"""What a deregistration touches in trials and with マイスター."""

from collections.abc import Iterable
from datetime import date

from firms.models import Organisation
from firms.words.saying import said as _
from lms.deregistering.items import TouchedItem, counted
from mentors.actions.closing import (
    manuals_shown,
    requests_left,
    sessions_ahead,
    sessions_to_finish,
    subsidies_settled_by_ward,
    subsidies_undecided,
)
from mentors.models import MentoringRequest, Subsidy
from trials.actions.closing import (
    placements_lasting,
    placements_to_end,
    placements_to_settle,
    placements_to_take_back,
    postings_left,
    proposals_to_decline,
    seekers_invited,
    visits_left,
)
from trials.models import Placement


def unsettled(organisation: Organisation) -> list[TouchedItem]:
    """What binds a person and another firm: they end it by the events of a trial, not the ward."""
    return of_placements(placements_to_settle(organisation))


def ending(organisation: Organisation, day: date) -> list[TouchedItem]:
    requests = list(requests_left(organisation, day))
    visits = sessions_ahead(organisation, day).exclude(request__in=[one.pk for one in requests])
    return [
        *(
            TouchedItem(posting.title, _("求人（%(state)s）") % {"state": posting.get_state_display()})
            for posting in postings_left(organisation)
        ),
        *(TouchedItem(str(visit), _("見学・インターンシップの募集")) for visit in visits_left(organisation)),
        *of_placements(proposals_to_decline(organisation)),
        *of_placements(placements_to_take_back(organisation)),
        *of_placements(placements_to_end(organisation)),
        *counted([_("求職者の招待") for _link in seekers_invited(organisation)], _("%(n)s人")),
        *(TouchedItem(of_mentoring(one), str(one.get_state_display())) for one in requests),
        *counted((of_mentoring(visit.request) for visit in visits), _("抹消の日以後の実技指導 %(n)s回")),
        *(TouchedItem(str(one), _("技能マニュアル（取り下げる）")) for one in manuals_shown(organisation)),
        *(TouchedItem(one.title, of_subsidy(one)) for one in subsidies_undecided(organisation)),
    ]


def staying(organisation: Organisation, day: date) -> list[TouchedItem]:
    kept = _("%(n)s回（マイスターの記録と、決まった日数での確定を待つ）")
    return [
        *of_placements(placements_lasting(organisation)),
        *counted((of_mentoring(visit.request) for visit in sessions_to_finish(organisation, day)), kept),
        *(TouchedItem(one.title, of_subsidy(one)) for one in subsidies_settled_by_ward(organisation)),
    ]


def of_mentoring(request: MentoringRequest) -> str:
    return _("マイスターの派遣: %(occupation)s") % {"occupation": request.occupation_label}


def of_subsidy(subsidy: Subsidy) -> str:
    told = {"aim": subsidy.get_aim_display(), "state": subsidy.get_state_display()}
    return _("区の助成: %(aim)s（%(state)s）") % told


def of_placements(placements: Iterable[Placement]) -> list[TouchedItem]:
    names = (_("トライアル就労（%(state)s）") % {"state": one.get_state_display()} for one in placements)
    return counted(names, _("%(n)s人"))
