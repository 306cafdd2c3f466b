"""The ward's own words, written anew."""

from django.db import transaction

from firms.acting import Acting
from firms.journal import record
from firms.models import Organisation, SiteText


@transaction.atomic
def write_text(kind: str, body: str, *, by: Acting) -> SiteText:
    """The journal keeps what stood before; the same words again are nothing."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
    held = SiteText.objects.filter(kind=kind).first()
    if held and held.body == body:
        return held
    before = held.body if held else ""
    text, _is_new = SiteText.objects.update_or_create(kind=kind, defaults={"body": body, "written_by": by.person})
    record(text, "site_text.write", by=by, concerns=by.organisation_id, before=before)
    return text
