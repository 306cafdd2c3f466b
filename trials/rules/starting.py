"""What must be clear before someone starts: a former employer, insurance and the least wage."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import COUNTING, ONE_DAY, end_of_period, in_words
from firms.rules.figures import sources
from trials.rules.tables import Law, current_law

YEAR = 12
EARLIER_DAY = (
    "「離職の日から起算して」は離職の日を算入して数えています（早い日）。"
    "翌日から数える解説もあるため、この日に始めるときは派遣元に確かめてください。"
)
AGREED_END = "更新しないことを労使が書面で合意しているときは別の扱いがあります。早い日で答えていますので年金事務所に確かめてください。"
LATER_RENEWAL = "途中で更新が見込まれるようになったときは、その日から被保険者になります。"


@dataclass(frozen=True, slots=True)
class FormerEmployerBar:
    """`clear_from` is None where no bar holds at all."""

    clear: bool
    clear_from: date | None
    because: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SocialInsurance:
    """`insured_from` is None within the exempt months."""

    insured_from: date | None
    because: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """Both None where no figure is known for the day."""

    minimum: int | None
    passes: bool | None
    because: str
    source: str


def former_employer_bar(
    left_on: date, start: date, *, retired_over_60: bool, law: Law | None = None
) -> FormerEmployerBar:
    """労働者派遣法35条の5・40条の9: no dispatch to the firm one left until a year, reckoned from the day of leaving, has passed."""
    known = law or current_law()
    years = known.get("dispatch", "former_employer.years", start)
    if retired_over_60 and known.holds("dispatch", "former_employer.retirees_excepted", start):
        excepted = known.get("dispatch", "former_employer.retirees_excepted", start)
        return FormerEmployerBar(True, None, f"{excepted.label}。", sources(years, excepted))
    last_barred = end_of_period(left_on, years.whole * YEAR)
    clear_from = last_barred + ONE_DAY
    because = (
        f"離職した{in_words(left_on)}から起算して{years.whole}年は{in_words(last_barred)}まで。"
        f"{in_words(clear_from)}から受け入れられます。"
    )
    return FormerEmployerBar(start >= clear_from, clear_from, because, sources(years, also=(COUNTING,)), EARLIER_DAY)


def social_insurance(
    start: date, end: date, *, may_be_renewed: bool, peers_renewed: bool, law: Law | None = None
) -> SocialInsurance:
    """A term of two months or less is exempt unless it is expected to be exceeded (健保法3条1項2号ロ, since 2022-10)."""
    known = law or current_law()
    months = known.get("insurance", "short_term.months", start)
    last_exempt = end_of_period(start, months.whole)
    if end > last_exempt:
        because = f"期間が{months.whole}か月（{in_words(last_exempt)}まで）を超えるため、初日から被保険者です。"
        return SocialInsurance(start, because, sources(months, also=(COUNTING,)))
    if (may_be_renewed or peers_renewed) and known.holds("insurance", "short_term.renewal_counts", start):
        counts = known.get("insurance", "short_term.renewal_counts", start)
        reason = (
            "契約や就業規則に更新の定めがある" if may_be_renewed else "同じ事業所で同様の契約の人が更新された実績がある"
        )
        return SocialInsurance(start, f"{reason}ため、初日から被保険者です。", sources(months, counts), AGREED_END)
    because = (
        f"{months.whole}か月（{in_words(last_exempt)}まで）以内で更新が見込まれないため、この期間は適用を除かれます。"
    )
    return SocialInsurance(None, because, sources(months, also=(COUNTING,)), LATER_RENEWAL)


def minimum_wage(prefecture: str, on: date, *, hourly_yen: int, law: Law | None = None) -> MinimumWage:
    """The figure in force that day; past its `verified_until` nobody knows, since the amounts rise every autumn."""
    known = law or current_law()
    figure = known.find("minimum_wage", prefecture, on)
    if figure is None:
        because = f"{prefecture}の{in_words(on)}の地域別最低賃金は登録されていません。労働局の公表を確かめてください。"
        return MinimumWage(None, None, because, "最低賃金法9条・14条")
    if on > figure.verified_until:
        because = (
            f"{prefecture}の額は{in_words(figure.verified_until)}まで確かめています（{figure.whole}円）。"
            f"{in_words(on)}の額は改定を労働局の公表で確かめてください。"
        )
        return MinimumWage(None, None, because, sources(figure))
    relation = "以上です" if hourly_yen >= figure.whole else "を下回っています"
    because = f"{in_words(figure.effective_from)}からの{prefecture}の最低賃金は1時間{figure.whole}円で、{hourly_yen}円はこれ{relation}。"
    return MinimumWage(figure.whole, hourly_yen >= figure.whole, because, sources(figure))
