"""Files of units: looked at before they are kept, and stored once by their content."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from firms.actions.evidence import accepted_content, safe_name
from firms.actions.films import stored_captions, stored_film
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import MEDIA_TYPES, ending
from firms.files.scanning import refuse_infected


def stored_video(upload: UploadedFile) -> dict[str, Any]:
    """The fields of a video kept here."""
    return {"file": stored_film(upload), "file_name": safe_name(upload.name or ""), "video_url": ""}


def stored_handout(upload: UploadedFile) -> dict[str, Any]:
    """A file to hand out: the types and the size evidence may have, without a virus."""
    name = safe_name(upload.name or "")
    try:
        content = accepted_content(upload, name)
    except Refused as refusal:
        raise Refused(refusal.sentence, field="upload") from None
    refuse_infected(content, field="upload")
    return {"file": files.store(content, media_type=MEDIA_TYPES[ending(name)]), "file_name": name}


__all__ = ["stored_captions", "stored_handout", "stored_video"]
