"""実績報告: one agency's results of a round, with the definition each figure is counted by."""

from datetime import date

from firms.models import Organisation
from firms.rules.calendar import ONE_DAY, fiscal_year
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import Round
from trials.papers.sheets import lines, party_of, sheet, table
from trials.queries.results import Results, results_of
from trials.rules import Share
from trials.shapes import SectionFacts, SheetFacts


def result_sheet(round: Round, agency: Organisation, *, until: date, on: date) -> SheetFacts:
    told = results_of(round, agency.pk, until=until)
    by = round.counted_by
    return sheet(
        _("実績報告"),
        to=party_of(round.ward),
        sender=party_of(agency),
        on=on,
        law=_("募集回の条件: %(source)s") % {"source": by.source},
        sections=[
            lines(
                _("報告の範囲"),
                [
                    (_("募集回"), str(round)),
                    (_("期間"), f"{day_words(round.opens_on)}〜{day_words(until)}"),
                    (
                        _("区切り"),
                        _("%(n)s年度の末") % {"n": fiscal_year(until)} if ends_year(until) else _("四半期の末"),
                    ),
                    (_("開始したトライアル"), counted(told.begun, _("件"))),
                ],
            ),
            rates_table(told),
            lines(_("%(n)sか月の定着") % {"n": by.retained_months}, lasting_lines(told)),
            lines(
                _("数え方（募集回を開いた日に固定）"),
                [
                    (
                        _("転換"),
                        _("終了日から%(n)s日以内に期間の定めなく雇い入れたもの") % {"n": by.within_days},
                    ),
                    (_("人数"), _("一人が何回か行ったときは、最後に開始したトライアルで数える")),
                    (
                        _("定着"),
                        _("雇入れから%(n)sか月の日が期間の末までに来た人を分母とし、分からない人も残す")
                        % {"n": by.retained_months},
                    ),
                    (_("目標"), _("%(n)s%%") % {"n": by.target_percent}),
                ],
            ),
        ],
        notes=[
            _("%(n)s人に満たない数と、引き算でそれが分かる数は「非表示」です。氏名は含みません。")
            % {"n": by.least_shown}
        ],
    )


def ends_year(until: date) -> bool:
    return fiscal_year(until) != fiscal_year(until + ONE_DAY)


def counted(number: int | None, unit: str) -> str:
    return _("非表示") if number is None else f"{number}{unit}"


def percent_of(found: Share) -> str:
    if found.part is None or found.whole is None:
        return _("非表示")
    words = f"{found.part}/{found.whole}"
    return f"{words}（{found.percent}%）" if found.percent is not None else words


def rates_table(told: Results) -> SectionFacts:
    heads = (_("分母"), _("件数で"), _("人数で"))
    rows = [(str(one.label), percent_of(one.by_trial), percent_of(one.by_person)) for one in told.rates]
    return table(_("正規雇用転換率"), heads, rows)


def lasting_lines(told: Results) -> list[tuple[str, str]]:
    return [
        (_("定着率"), percent_of(told.retention)),
        *((str(one.label), counted(one.number, _("人"))) for one in told.lasting),
    ]
