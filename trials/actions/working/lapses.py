"""By the sweep: a licence of the agency ends while somebody is at work, and all concerned are told ahead of it and when it is over."""

from datetime import date
from typing import Any

from django.db import transaction

from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked
from trials.actions.telling import tell, tell_ward
from trials.models import LapseMoment, LapseNotice, LicenceKind, Placement
from trials.queries.lapses import LapseShown, lapses_of
from trials.states import Party

# 許可のない派遣元からは受け入れられない（24条の2）。受け入れ続けると、直接雇用を申し込んだものとみなされる（40条の6）。
LAWS = {
    LicenceKind.DISPATCH: "労働者派遣法5条1項・10条・24条の2・40条の6第1項2号; 労働基準法26条",
    LicenceKind.PLACEMENT: "職業安定法30条1項・32条の6; 労働者派遣法2条4号",
}


@transaction.atomic
def tell_of_lapse(placement: Placement, *, on: date) -> None:
    """Each moment of each licence once, however often the sweep comes by; a renewal in time ends it."""
    placement = locked(placement)
    for shown in lapses_of(placement, placement.agency.licences.all(), on=on):
        moment = LapseMoment.GONE if shown.is_gone else LapseMoment.AHEAD
        about: dict[str, Any] = {"kind": shown.kind, "valid_until": shown.lapse.valid_until, "moment": moment}
        _notice, is_new = LapseNotice.objects.get_or_create(placement=placement, **about)
        if is_new:
            tell_everybody(placement, shown)


def tell_everybody(placement: Placement, shown: LapseShown) -> None:
    what = {"kind": shown.kind.label, "day": day_words(shown.lapse.valid_until)}
    subject = (
        _("派遣元の「%(kind)s」の許可が切れました")
        if shown.is_gone
        else _("派遣元の「%(kind)s」の許可が%(day)sで切れます")
    ) % what
    for party in (Party.WORKER, Party.HOST, Party.AGENCY):
        tell(placement, party, subject=subject, body=advice(shown)[party])
    body = _(
        "この募集回のトライアルが続いているあいだに切れます。更新か、許可のある派遣元への引継ぎを派遣元と話してください。"
    )
    tell_ward(placement, subject=subject, body=body + "\n" + source_words(shown))


def advice(shown: LapseShown) -> dict[Party, str]:
    """What each side does, and by what law; the page says the same."""
    words = placement_advice(shown) if shown.kind == LicenceKind.PLACEMENT else dispatch_advice(shown)
    return {party: f"{told}\n{source_words(shown)}" for party, told in words.items()}


def dispatch_advice(shown: LapseShown) -> dict[Party, str]:
    after = {"day": day_words(shown.lapse.valid_until)}
    return {
        Party.WORKER: _(
            "%(day)sより後は、更新が確かめられるまで、派遣として働くことはできません。派遣元が働けなくしたときは、休業手当を受け取れます。困ったときは区に相談してください。"
        )
        % after,
        Party.HOST: _(
            "%(day)sより後は、更新を確かめるまで受け入れないでください。許可がないと知って受け入れると、その時点で直接雇用を申し込んだものとみなされます。"
        )
        % after,
        Party.AGENCY: _(
            "%(day)sより後は派遣できません。更新の申請は%(renew)sまでです。更新された許可証を区に示すか、トライアルの途中の終了と、ほかの就業先の確保・休業手当を本人に示してください。"
        )
        % {**after, "renew": day_words(shown.lapse.renew_by)},
    }


def placement_advice(shown: LapseShown) -> dict[Party, str]:
    after = {"day": day_words(shown.lapse.valid_until)}
    return {
        Party.WORKER: _(
            "%(day)sより後は、更新が確かめられるまで、派遣元は職業紹介を行えません。働く契約は続きます。採用の話の進め方は、担当者か区に尋ねてください。"
        )
        % after,
        Party.HOST: _(
            "%(day)sより後は、更新を確かめるまで、この派遣元から職業紹介を受けられません。採用は、更新を待つか、区に相談してください。"
        )
        % after,
        Party.AGENCY: _(
            "%(day)sより後は職業紹介を行えず、紹介予定派遣として続けられません。更新の申請は%(renew)sまでです。更新された許可証を区に示してください。"
        )
        % {**after, "renew": day_words(shown.lapse.renew_by)},
    }


def source_words(shown: LapseShown) -> str:
    return _("根拠：%(source)s") % {"source": f"{LAWS[shown.kind]}; {shown.lapse.source}"}
