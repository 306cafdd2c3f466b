"""The ward's own words, written anew."""

import re

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, SiteText
from firms.words.saying import said as _

# A hole of a draft: nobody publishes the name of "［区の名前］".
UNFILLED = re.compile(r"［[^］]*］")


@transaction.atomic
def write_text(kind: str, body: str, *, by: Acting) -> SiteText:
    """The journal keeps what stood before; the same words again are nothing."""
    if UNFILLED.search(body):
        raise Refused(
            _("［　］のまま残っているところがあります。区の内容に書き換えるか、その文を消してから公開してください。"),
            field="body",
        )
    Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation_id)
    held = SiteText.objects.filter(kind=kind).first()
    if held and held.body == body:
        return held
    before = held.body if held else ""
    text, _is_new = SiteText.objects.update_or_create(kind=kind, defaults={"body": body, "written_by": by.person})
    record(text, "site_text.write", by=by, concerns=by.organisation_id, before=before)
    return text
