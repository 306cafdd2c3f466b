"""What could spoil a grant for a training that has not begun: what is wrong now, and what to mind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from courses.models import Run
from courses.queries.seats.people import days_on_leave
from firms.models import Employment, Establishment
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.rules import Outcome, Window
from grants.time.learning import is_online


@dataclass(frozen=True)
class Spoiler:
    """tone: error — no grant as things stand; warning — less, or something to mend; info — to mind."""

    tone: str
    title: str
    text: str
    source: str = ""

    @property
    def is_fatal(self) -> bool:
        return self.tone == "error"


def spoilers(
    run: Run,
    establishment: Establishment,
    paid: Mapping[int, int],
    employments: Sequence[Employment],
    *,
    days: tuple[date, date],
    planned: int | None,
    window: Window,
    outcome: Outcome,
    sources: Mapping[str, str],
    on: date,
) -> tuple[Spoiler, ...]:
    """`paid` are the minutes within working hours by employment, `planned` those of the lessons (None: learned online)."""
    return (
        *of_the_window(window, on=on),
        *of_the_rules(outcome),
        *of_the_people(employments, *days, source=sources["employed"]),
        *of_leaves(employments, *days),
        *of_the_firm(run, establishment),
        *of_the_time(employments, paid, planned=planned, sources=sources),
    )


def of_the_window(window: Window, *, on: date) -> Iterable[Spoiler]:
    if on > window.last:
        text = _("計画届の期限は %(day)s でした。この開講では助成金を受けられません。次の開講を選んでください。") % {
            "day": day_words(window.last)
        }
        yield Spoiler("error", _("計画届の期限を過ぎています"), text, window.source)
    elif on < window.first:
        text = _("%(day)s から出せます。早すぎる届出は受け付けられません。") % {"day": day_words(window.first)}
        yield Spoiler("info", _("計画届はまだ出せません"), text, window.source)


def of_the_rules(outcome: Outcome) -> Iterable[Spoiler]:
    for condition in outcome.conditions:
        if condition.state == "unmet" and not condition.subject:
            yield Spoiler("error", condition.label, condition.because, condition.source)


def of_the_people(employments: Iterable[Employment], first: date, last: date, *, source: str) -> Iterable[Spoiler]:
    uninsured = [str(one.person) for one in employments if not one.insured_number]
    if uninsured:
        text = _("%(names)sさんの雇用保険の被保険者番号がありません。被保険者でない人は対象になりません。") % {
            "names": "・".join(uninsured)
        }
        yield Spoiler("warning", _("被保険者番号のない人がいます"), text, source)
    absent = [str(one.person) for one in employments if not (one.lasts_on(first) and one.lasts_on(last))]
    if absent:
        text = _("%(names)sさんは訓練の期間中に雇用が続いていません。") % {"names": "・".join(absent)}
        yield Spoiler("warning", _("訓練の期間に在籍しない人がいます"), text, source)


def of_leaves(employments: Iterable[Employment], first: date, last: date) -> Iterable[Spoiler]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    away = [str(one.person) for one in employments if days_on_leave(one, days)]
    if away:
        text = _(
            "%(names)sさんは訓練の期間に休業の日があります。休業中の時間に賃金助成はなく、出られないコマは欠席になります。"
        ) % {"names": "・".join(away)}
        yield Spoiler("warning", _("休業の期間と重なる人がいます"), text, "人材開発支援助成金支給要領R8.8.3 06023")


def of_the_time(
    employments: Sequence[Employment], paid: Mapping[int, int], *, planned: int | None, sources: Mapping[str, str]
) -> Iterable[Spoiler]:
    """`planned` minutes of lessons; None for what is learned online."""
    if planned is None:
        return of_learning(sources)
    return of_the_hours(employments, paid, planned, source=sources["hours"])


def of_the_hours(
    employments: Sequence[Employment], paid: Mapping[int, int], planned: int, *, source: str
) -> Iterable[Spoiler]:
    outside = [str(one.person) for one in employments if paid[one.pk] < planned]
    if outside:
        text = _(
            "%(names)sさんは訓練の一部が所定労働時間の外です。その時間は、割増賃金を払っても賃金助成の対象になりません。"
        ) % {"names": "・".join(outside)}
        yield Spoiler("warning", _("所定労働時間の外の訓練があります"), text, source)


def of_learning(sources: Mapping[str, str]) -> Iterable[Spoiler]:
    """eラーニング・通信制: all or nothing, and no wage aid."""
    text = _(
        "期間の最後の日までに全部の教材を終えないと、その人は対象になりません。出席率のような余裕はなく、"
        "退職や病気も理由になりません。"
    )
    yield Spoiler("info", _("期間内に修了しない人がいる"), text, sources["completed"])
    text = _("eラーニングと通信制には賃金助成がありません。ただし学習も労働時間なので、賃金は支払います。")
    yield Spoiler("info", _("賃金助成はありません"), text, sources["no_wage"])


def of_the_firm(run: Run, establishment: Establishment) -> Iterable[Spoiler]:
    firm = establishment.organisation
    if not firm.industry or firm.regular_employees is None:
        text = _("業種区分と常時雇用する労働者数を登録してください。いまは大企業の率で見積もっています。")
        yield Spoiler("warning", _("中小企業かどうかが分かりません"), text, "雇用関係助成金共通要領R8.4.8 0202")
    if not run.course.provider_page:
        text = _("連携校が講座の案内を公開していることを、計画届の前に確かめてください。")
        yield Spoiler(
            "warning" if is_online(run) else "info", _("講座の公開ページが登録されていません"), text, "様式第11号(10)"
        )
