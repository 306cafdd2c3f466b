"""What the public register says a マイスター teaches: first as they wrote it, then as they tick it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _
from mentors import places
from mentors.actions.certifying.issuing import locked, refuse_withdrawn
from mentors.models import Certification, TeachingTag
from mentors.teachings import FACETS, known


@transaction.atomic
def describe(
    certification: Certification, *, best: str, also: str, base: str, tags: Mapping[str, Sequence[str]], by: Acting
) -> None:
    """The holder's own words and ticks; what is printed on the certificate stays as it was given."""
    certification = locked(certification)
    refuse_withdrawn(certification)
    refuse_unknown(tags, base=base)
    certification.tags.all().delete()
    TeachingTag.objects.bulk_create(
        TeachingTag(certification=certification, facet=facet, key=key)
        for facet in FACETS
        for key in dict.fromkeys(tags.get(facet, ()))
    )
    certification.best, certification.also, certification.base = best, also, base
    certification.search_text = certification.words()
    certification.save(update_fields=["best", "also", "base", "search_text"])
    record(certification, "certification.describe", by=by, concerns=certification.ward)


def refuse_unknown(tags: Mapping[str, Sequence[str]], *, base: str) -> None:
    strange = [key for facet in tags for key in tags[facet] if facet not in FACETS or key not in known(facet)]
    if strange or (base and places.place(base) is None):
        raise Refused(_("一覧にないものは選べません。画面を開き直して、もう一度選んでください。"))
