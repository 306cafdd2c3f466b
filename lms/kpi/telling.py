"""Everything the page, the sheet and the report of a fiscal year say, reckoned at once."""

from datetime import date

from firms.models import Organisation
from firms.rules.figures import Figure
from lms.kpi import trials
from lms.kpi.definitions import STAGES, STANDS_FOR, definition, stage
from lms.kpi.frames import firms
from lms.kpi.indicators import INDICATORS, Asked, Indicator
from lms.kpi.reckoning import DIMENSIONS, lines_of
from lms.kpi.shapes import SHAPE, ColumnFacts, IndicatorFacts, ReportFacts, StageFacts


def told(year: int, *, ward: Organisation, on: date) -> ReportFacts:
    rounds = trials.rounds_of(year, ward.pk)
    asked = Asked(year, ward.pk, on, rounds, trials.definition_of(year, rounds), firms(year))
    return ReportFacts(
        shape=SHAPE,
        year=year,
        as_of=on.isoformat(),
        ward=ward.name,
        least=asked.definition.least_shown,
        dimensions={code: str(label) for code, label in DIMENSIONS.items()},
        grouping=definition("place.definition", year).word,
        indicators=[indicator(one, asked) for one in INDICATORS],
        logic_model=[stage_of(name, year) for name in STAGES],
    )


def indicator(one: Indicator, asked: Asked) -> IndicatorFacts:
    by, target = definition(f"{one.code}.definition", asked.year), one.target(asked)
    return IndicatorFacts(
        code=one.code,
        title=str(one.title),
        definition=" ".join(filter(None, (by.word, one.precise(asked.definition)))),
        source=by.source,
        is_weak=by.confidence == "low" or by.verified_until < asked.on,
        verified_until=by.verified_until.isoformat(),
        target=target.number if target else None,
        target_of=target.of if target else "",
        is_ceiling=bool(target and target.is_ceiling),
        columns=[ColumnFacts(code=c.code, label=str(c.label), unit=str(c.unit)) for c in one.columns],
        lines=lines_of(one.rows(asked), one.columns, least=asked.definition.least_shown),
    )


def stage_of(name: str, year: int) -> StageFacts:
    found: Figure = stage(name, year)
    return StageFacts(label=found.label, text=found.word, indicators=list(STANDS_FOR.get(name, ())))
