"""What the people of a run said afterwards, as sums; too few answers would tell whose they are."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, Run, SurveyAnswer
from courses.states import EnrolmentState

FEWEST = 5
SCALES = (
    ("satisfaction", _("満足度"), (_("不満"), _("やや不満"), _("ふつう"), _("やや満足"), _("満足"))),
    (
        "usefulness",
        _("仕事に役立つ"),
        (_("役立たない"), _("あまり"), _("ふつう"), _("やや役立つ"), _("とても役立つ")),
    ),
    ("difficulty", _("難しさ"), (_("易しい"), _("やや易しい"), _("ちょうどよい"), _("やや難しい"), _("難しい"))),
)


@dataclass(frozen=True)
class Scale:
    """One question: the average in tenths, and how many chose each answer."""

    label: object
    tenths: int
    bars: list[tuple[object, int]]

    @property
    def average(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10}"


@dataclass(frozen=True)
class Survey:
    """The answers of a run; `scales` and `comments` stay empty until there are enough of them."""

    asked: int
    answered: int
    scales: list[Scale]
    comments: list[str]

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST


def survey_of(run: Run) -> Survey:
    """Two queries. Comments stand in the order of their words, not of their writing."""
    over = [EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED]
    asked = Enrolment.objects.filter(run=run, state__in=over).count()
    answers = list(SurveyAnswer.objects.filter(enrolment__run=run))
    if len(answers) < FEWEST:
        return Survey(asked, len(answers), [], [])
    scales = [scale(label, [getattr(one, name) for one in answers], words) for name, label, words in SCALES]
    return Survey(asked, len(answers), scales, sorted(one.comment for one in answers if one.comment))


def scale(label: object, values: list[int], words: tuple[object, ...]) -> Scale:
    counts = Counter(values)
    tenths = (sum(values) * 20 + len(values)) // (2 * len(values))
    named = reversed(list(enumerate(words, start=1)))
    bars: list[tuple[object, int]] = [(f"{value} {word}", counts[value]) for value, word in named]
    return Scale(label, tenths, bars)
