"""What goes into the claim of 労災 for treatment: the agency's as employer, the host's word for the facts, and what is left to a pen."""

from datetime import date

from django.utils import timezone

from firms.models import Organisation
from firms.words.days import day_words
from firms.words.japanese import jtime
from firms.words.saying import said as _
from trials.models import Accident, AccidentDetail, Placement
from trials.papers.sheets import UNTOLD, Row, lines, party_of, sheet
from trials.rules import InjuryClaim, injury_claim
from trials.shapes import SectionFacts, SheetFacts
from trials.states import Party


def claim_sheet(placement: Placement, on: date) -> SheetFacts:
    """One claim an accident; whatever nobody has told Takumi is printed as room for a pen and named below."""
    accidents = list(placement.accidents.prefetch_related("details").order_by("happened_at"))
    asked = [(one, asked_of(one)) for one in accidents]
    return sheet(
        _("労災の請求書（療養の給付）の転記用"),
        to=_("労災指定医療機関を経て労働基準監督署長"),
        sender=_("%(name)s（請求する人）") % {"name": placement.person.full_name},
        on=on,
        law="; ".join(dict.fromkeys(claim.source for _one, claim in asked)),
        lead=_("請求書は厚生労働省の様式に書いて、治療を受ける労災指定医療機関に出します。次の内容を写してください。"),
        sections=[section for one, claim in asked for section in sections_of(one, claim, placement)],
        notes=[
            _("請求するのは本人で、雇い主の証明は派遣元が行います。"),
            *dict.fromkeys(claim.note for _one, claim in asked if claim.note),
            _("指定を受けていない医療機関で費用を支払ったときは、別の様式（費用の請求書）になります。"),
        ],
    )


def asked_of(accident: Accident) -> InjuryClaim:
    return injury_claim(timezone.localdate(accident.happened_at), commuting=accident.is_commuting)


def sections_of(accident: Accident, claim: InjuryClaim, placement: Placement) -> list[SectionFacts]:
    """The employer is the agency, so that what it told of the accident counts, and not what the host told."""
    assert placement.host is not None
    told = [one for one in accident.details.all() if one.side == Party.AGENCY]
    detail = max(told, key=lambda one: one.number, default=None)
    groups = [
        (_("様式と労働者"), [(_("様式"), claim.form), *worker_lines(placement, detail)]),
        (_("災害"), accident_lines(accident, detail)),
        (_("治療"), treatment_lines(accident)),
        (_("派遣元の証明（雇い主）"), certifier_lines(placement.agency)),
        *([(_("派遣先の証明（裏面）"), certifier_lines(placement.host))] if claim.host_certifies else []),
    ]
    day = day_words(timezone.localdate(accident.happened_at))
    by_hand = [(heading, label) for heading, rows in groups for label, value in rows if value == UNTOLD]
    return [
        *(lines(_("%(heading)s：%(day)sの災害") % {"heading": heading, "day": day}, rows) for heading, rows in groups),
        lines(_("手で書く：%(day)sの災害") % {"day": day}, by_hand),
    ]


def worker_lines(placement: Placement, detail: AccidentDetail | None) -> list[Row]:
    person = placement.person
    return [
        (_("労働保険番号（派遣元）"), detail.insurance_number if detail else UNTOLD),
        (_("氏名"), person.full_name),
        (_("フリガナ"), person.full_kana),
        (_("生年月日"), day_words(placement.seeker.born_on)),
        (_("性別"), UNTOLD),
        (_("住所"), UNTOLD),
        (_("職種"), detail.occupation if detail else UNTOLD),
    ]


def accident_lines(accident: Accident, detail: AccidentDetail | None) -> list[Row]:
    how = "、".join((detail.doing, detail.thing, detail.danger, detail.result)) if detail else accident.story
    rows = [
        (_("負傷した日"), day_words(timezone.localdate(accident.happened_at))),
        (_("負傷した時刻"), jtime(accident.happened_at)),
        (_("事実を確認した人の職名・氏名"), UNTOLD),
        (_("災害の原因と発生状況"), _("%(place)sで、%(how)s") % {"place": accident.place, "how": how}),
    ]
    return [*rows, *((label, UNTOLD) for label in commuting_labels())] if accident.is_commuting else rows


def commuting_labels() -> list[str]:
    """What the form for the way to work asks beside."""
    return [
        _("通勤の種別"),
        _("就業の場所"),
        _("就業開始・終了の予定日時"),
        _("住居または就業の場所を離れた日時"),
        _("通常の通勤の経路・方法・所要時間"),
    ]


def treatment_lines(accident: Accident) -> list[Row]:
    return [
        (_("傷病の部位と状態"), accident.injury),
        (_("労災指定医療機関の名称・所在地"), UNTOLD),
        (_("第三者の行為による災害か"), UNTOLD),
    ]


def certifier_lines(organisation: Organisation) -> list[Row]:
    return [
        (_("事業の名称・所在地・事業主"), party_of(organisation)),
        (_("証明した日"), UNTOLD),
        (_("電話番号"), UNTOLD),
    ]
