"""`papers`: the pack of a claim of 1 and of 20 people with 60 lessons each: time, pages, megabytes, what it costs beside WeasyPrint."""

import gc
import resource
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

from django.template.loader import render_to_string

from bench.measures import Measure, percentile
from demo.database import filled
from firms.papers.press import VARIANT, press
from grants.models import Claim
from grants.papers import FormSpec, forms_of_claim
from grants.papers.making import numbered
from grants.papers.packing import merged, zipped
from grants.rules.facts import CLASS_METHODS

PEOPLE, LESSONS = (1, 20), 60
# A pack takes seconds: so many of them tell as much as thirty.
MOST_RUNS = 3
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Pack:
    pdf: bytes
    archive: bytes

    @property
    def digest(self) -> str:
        return sha256(self.pdf + self.archive).hexdigest()


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    with filled(scale):
        claim = class_claim()
        for people in PEOPLE:
            yield from pack_of(enlarged(claim, people=people), people, scale=scale, runs=min(runs, MOST_RUNS))


def class_claim() -> Claim:
    """A claim of the demo for lessons in a room, whose facts are made larger here and never written."""
    found = (one for one in Claim.objects.order_by("pk") if one.lifted["plan"]["course"]["method"] in CLASS_METHODS)
    return next(one for one in found if any(part["supported"] for part in one.outcome["workers"]))


def enlarged(claim: Claim, *, people: int) -> Claim:
    """The first supported worker so many times, with so many lessons; `forms_of_claim` asks for nothing but the facts."""
    facts, outcome = deepcopy(claim.lifted), deepcopy(claim.outcome)
    part = next(one for one in outcome["workers"] if one["supported"])
    worker = next(one for one in facts["workers"] if one["key"] == part["subject"])
    told = next(one for one in facts["grant"]["workers"] if one["key"] == part["subject"])
    first = date.fromisoformat(worker["lessons"][0]["on"])
    lessons = [
        {**worker["lessons"][0], "id": n, "number": n, "on": (first + timedelta(days=n)).isoformat()}
        for n in range(1, LESSONS + 1)
    ]
    keys = [str(n) for n in range(1, people + 1)]
    facts["workers"] = [{**worker, "key": key, "name": f"{worker['name']}{key}", "lessons": lessons} for key in keys]  # type: ignore[typeddict-item]
    facts["grant"]["workers"] = [{**told, "key": key} for key in keys]
    outcome["workers"] = [{**part, "subject": key} for key in keys]
    return Claim(
        number=claim.number,
        as_of=claim.as_of,
        facts=facts,
        outcome=outcome,
        total_yen=claim.total_yen,
        digest=claim.digest,
    )


def pressed(claim: Claim) -> Pack:
    named = [(spec.name, spec.pdf()) for spec in forms_of_claim(claim)]
    return Pack(merged(named, title="pack"), zipped(numbered(named), on=date.fromisoformat(claim.lifted["as_of"])))


def bare(pages: list[str]) -> None:
    """The same HTML with the same style, and nothing else."""
    from weasyprint import HTML

    shared = press()
    for page in pages:
        HTML(string=page, url_fetcher=shared.fetcher).write_pdf(
            stylesheets=[shared.stylesheet], font_config=shared.fonts, pdf_variant=VARIANT, pdf_tags=True
        )


def html_of(spec: FormSpec) -> str:
    return render_to_string(spec.template, {**spec.context(), "spec": spec})


def seconds(act: Callable[[], object]) -> float:
    """Of one core, whatever else the machine does meanwhile."""
    gc.collect()
    started = time.process_time()
    act()
    return time.process_time() - started


def pages_in(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as pack:
        return len(pack.pages)


def pack_of(claim: Claim, people: int, *, scale: int, runs: int) -> Iterator[Measure]:
    packs = [pressed(claim)]  # warms the press
    times = [seconds(lambda: packs.append(pressed(claim))) for _run in range(runs)]
    pages = [html_of(spec) for spec in forms_of_claim(claim)]
    alone = [seconds(lambda: bare(pages)) for _run in range(runs)]
    beside = 100 * (min(times) - min(alone)) / min(alone)
    size = (len(packs[0].pdf) + len(packs[0].archive)) / MEGABYTE
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    name = f"{people}x{LESSONS}"

    def told(what: str, unit: str, values: list[float]) -> Measure:
        return Measure(f"{name} {what}", unit, percentile(values, 0.5), percentile(values, 0.95), runs, None, scale)

    yield told("pack", "s", times)
    yield told("bare WeasyPrint", "s", alone)
    yield told("beside WeasyPrint", "%", [beside])
    yield told("pages", "pages", [pages_in(packs[0].pdf)])
    yield told("PDF and ZIP", "MB", [size])
    yield told("memory of the process", "MB", [memory])
    yield told("different packs", "packs", [len({pack.digest for pack in packs})])
