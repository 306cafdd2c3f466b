"""The public register: those in force whose holders agreed to stand there, by words and facets, and how many each would leave."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from mentors import occupations
from mentors.models import Certification, TeachingTag
from mentors.models.certifying.certifications import CertificationQuerySet
from mentors.teachings import FACETS, known

OCCUPATION = "occupation"


def chosen_among(asked: Mapping[str, str]) -> dict[str, str]:
    """Of an address what is a facet and stands in its list; anything else asks nothing."""
    found = {facet: asked[facet] for facet in FACETS if asked.get(facet) in known(facet)}
    occupation = asked.get(OCCUPATION, "")
    return {OCCUPATION: occupation, **found} if occupations.occupation(occupation) else found


def label_of(facet: str, key: str) -> str:
    return occupations.label_of(key) if facet == OCCUPATION else known(facet)[key]


def register(*, words: str, chosen: Mapping[str, str], on: date) -> CertificationQuerySet:
    found = Certification.objects.listed_on(on).matching(words)
    for facet, key in chosen.items():
        if facet == OCCUPATION:
            found = found.filter(occupation=key)
        else:
            tagged = TeachingTag.objects.filter(facet=facet, key=key).order_by()
            found = found.filter(pk__in=tagged.values("certification"))
    return found.order_by("occupation", "number").prefetch_related("tags")


def counted(*, words: str, chosen: Mapping[str, str], on: date) -> dict[str, list[tuple[str, str, int]]]:
    """For each facet its keys, names and how many stand there under all the other facets; two queries.

    What nobody has is left out, but for what is chosen.
    """
    people = Certification.objects.listed_on(on).matching(words).order_by()
    held: dict[int, set[tuple[str, str]]] = {
        pk: {(OCCUPATION, occupation)} for pk, occupation in people.values_list("pk", "occupation")
    }
    tags = TeachingTag.objects.filter(certification__in=people.values("pk")).order_by()
    for pk, facet, key in tags.values_list("certification", "facet", "key"):
        if pk in held:  # who came in between the two questions is counted the next time
            held[pk].add((facet, key))
    return {facet: counts_of(facet, held, chosen) for facet in (OCCUPATION, *FACETS)}


def counts_of(
    facet: str, held: Mapping[int, set[tuple[str, str]]], chosen: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    others = {(each, key) for each, key in chosen.items() if each != facet}
    left = Counter(key for told in held.values() if others <= told for each, key in told if each == facet)
    return [(key, name, left[key]) for key, name in named(facet) if left[key] or chosen.get(facet) == key]


def named(facet: str) -> Iterator[tuple[str, str]]:
    """In the order of the lists; an occupation that was dropped from them keeps its name."""
    if facet != OCCUPATION:
        yield from known(facet).items()
        return
    seen: set[str] = set()
    for edition in reversed(occupations.editions()):
        for one in edition.all():
            if one.key not in seen:
                seen.add(one.key)
                yield one.key, one.label
