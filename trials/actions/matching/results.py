"""An agency reports a round's results to the ward, up to the end of a quarter that is over."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import ResultReport, Round
from trials.papers.results import result_sheet
from trials.papers.sheets import hash_of_facts
from trials.rules import report_days


@transaction.atomic
def report_results(round: Round, *, until: date, by: Acting) -> ResultReport:
    """The same figures, but for the day of printing, are the version there is."""
    assert by.organisation is not None
    round = Round.objects.select_for_update(of=("self",)).select_related("ward").get(pk=round.pk)
    if until not in report_days(round.opens_on, by.today):
        raise Refused(_("実績は、終わった四半期の末の日までで報告します。"))
    with translation.override("ja"):
        facts = result_sheet(round, by.organisation, until=until, on=by.today)
    last = round.results.filter(agency=by.organisation, until=until).order_by("number").last()
    if last and {**last.lifted, "on": facts["on"]} == facts:
        return last
    report = ResultReport.objects.create(
        round=round,
        agency=by.organisation,
        until=until,
        number=last.number + 1 if last else 1,
        facts=facts,
        sha256=hash_of_facts(facts),
        made_by=by.person,
    )
    record(report, "resultreport.issue", by=by, concerns=round.ward_id, number=report.number)
    tell_of_report(report, on=by.today)
    return report


def tell_of_report(report: ResultReport, *, on: date) -> None:
    """Whoever leads the ward that opened the round."""
    round = report.round
    body = _("%(agency)sの%(day)sまでの実績です。第%(n)s版です。") % {
        "agency": report.agency.name,
        "day": day_words(report.until),
        "n": report.number,
    }
    for person in leaders_of(round.ward_id, on=on):
        path = reverse("trials:results", args=[round.pk])
        notify(person, subject=_("実績報告が届きました"), body=body, path=path, organisation=round.ward)
