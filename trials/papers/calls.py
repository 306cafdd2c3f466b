"""巡回記録: every call of the adviser at the host while the trial went on."""

from datetime import date

from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import HostCall, Placement
from trials.papers.sheets import lines, party_of, sheet, term_of
from trials.shapes import SectionFacts, SheetFacts


def call_sheet(placement: Placement, on: date) -> SheetFacts:
    assert placement.host is not None
    return sheet(
        _("巡回記録"),
        to=_("派遣元の控え"),
        sender=party_of(placement.agency),
        on=on,
        law=_("区の標準（職場を訪ねて、就業の状況を確かめる）"),
        sections=[
            lines(
                _("対象"),
                [
                    (_("氏名"), placement.person.full_name),
                    (_("受入企業"), placement.host.name),
                    (_("期間"), term_of(placement)),
                ],
            ),
            *(called(one) for one in placement.calls.select_related("written_by")),
        ],
        notes=[_("本人から聞いたことを含みます。受入企業には渡しません。")],
    )


def called(one: HostCall) -> SectionFacts:
    return lines(
        day_words(one.called_on),
        [
            (_("巡回した人"), one.written_by.full_name),
            (_("会った人"), one.met),
            (_("見たこと"), one.seen),
            (_("聞いたこと・話したこと"), one.said),
            (_("次にすること"), one.follows),
        ],
    )
