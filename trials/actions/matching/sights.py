"""Pictures and a film of a posting: kept without where and by whom they were taken, and taken down again."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import accepted_content, safe_name
from firms.actions.films import stored_captions, stored_film
from firms.errors import Refused
from firms.files import store as files
from firms.files.pictures import HEIC_ENDINGS, NoPicture, jpeg_of
from firms.files.scanning import refuse_infected
from firms.journal import record
from firms.words.saying import said as _
from trials.actions.matching.postings import lock
from trials.models import Posting, Sight, SightKind
from trials.states import PostingState

PICTURES = (".png", ".jpg", ".jpeg", *HEIC_ENDINGS)
MOST_PICTURES = 8


@transaction.atomic
def show_picture(posting: Posting, *, upload: UploadedFile, words: str, by: Acting) -> Sight:
    """As a JPEG made anew: what a telephone writes about place and time stays out of it."""
    posting = lock(posting)
    refuse_closed(posting)
    if posting.sights.filter(kind=SightKind.PICTURE, removed_at=None).count() >= MOST_PICTURES:
        raise Refused(_("写真は%(most)s枚までです。先に1枚外してください。") % {"most": MOST_PICTURES}, field="upload")
    try:
        content = accepted_content(upload, safe_name(upload.name or ""), endings=PICTURES)
        refuse_infected(content, field="upload")
        stored = files.store(jpeg_of(content), media_type="image/jpeg")
    except NoPicture:
        raise Refused(_("写真として読み取れません。別の写真を選んでください。"), field="upload") from None
    except Refused as refused:
        raise Refused(refused.sentence, field="upload") from None
    return shown(posting, Sight(posting=posting, kind=SightKind.PICTURE, file=stored, words=words), by=by)


@transaction.atomic
def show_film(posting: Posting, *, upload: UploadedFile, vtt: UploadedFile, words: str, by: Acting) -> Sight:
    """One at a time: a newer one takes the place of the one before."""
    posting = lock(posting)
    refuse_closed(posting)
    film, captions = stored_film(upload), stored_captions(vtt)
    posting.sights.filter(kind=SightKind.FILM, removed_at=None).update(removed_at=timezone.now())
    sight = Sight(posting=posting, kind=SightKind.FILM, file=film, captions=captions, words=words)
    return shown(posting, sight, by=by)


def shown(posting: Posting, sight: Sight, *, by: Acting) -> Sight:
    sight.save()
    concerns = posting.establishment.organisation_id
    record(posting, "posting.show", by=by, concerns=concerns, what=f"{sight.get_kind_display()} {sight.words}")
    return sight


def refuse_closed(posting: Posting) -> None:
    if posting.state == PostingState.CLOSED:
        raise Refused(_("募集を終えた求人には載せられません。"))


@transaction.atomic
def take_down(sight: Sight, *, by: Acting) -> None:
    """A second click changes nothing."""
    posting = lock(sight.posting)
    held = Sight.objects.get(pk=sight.pk)
    if held.removed_at is None:
        held.removed_at = timezone.now()
        held.save(update_fields=["removed_at"])
        record(posting, "posting.take_down", by=by, concerns=posting.establishment.organisation_id, what=held.words)
