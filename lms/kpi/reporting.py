"""Keeping the figures of a year as they were reported."""

import json
from hashlib import sha256

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _
from lms.kpi.telling import told
from lms.models import IndicatorReport


@transaction.atomic
def report(year: int, *, by: Acting) -> IndicatorReport:
    """A further version of the year; refused where nothing has changed since the last, so that two clicks are one."""
    ward = Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
    facts = told(year, ward=ward, on=by.today)
    last = IndicatorReport.objects.filter(ward=ward, year=year).order_by("number").last()
    digest = digest_of(facts)
    if last and last.digest == digest:
        raise Refused(_("第%(number)s版から、数は変わっていません。") % {"number": last.number})
    number = last.number + 1 if last else 1
    row = IndicatorReport.objects.create(
        ward=ward, year=year, number=number, as_of=by.today, facts=facts, digest=digest, reported_by=by.person
    )
    record(row, "indicator_report.freeze", by=by, concerns=ward, year=year, number=number)
    return row


def digest_of(facts: object) -> str:
    return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
