"""Photographs of a session: made anew without place and time, shown while everybody on them agrees."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import accepted_content, safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.files.pictures import HEIC_ENDINGS, NoPicture, jpeg_of
from firms.journal import record
from firms.words.names import plain
from firms.words.saying import said as _
from mentors.models import Learner, PhotoPerson, Session, SessionPhoto
from mentors.states import SessionState

ENDINGS = (".jpg", ".jpeg", ".png", *HEIC_ENDINGS)
MOST_PHOTOS = 20


@transaction.atomic
def add_photo(
    session: Session, upload: UploadedFile, *, caption: str, people: Sequence[str], by: Acting
) -> SessionPhoto:
    """What was sent is read as a picture and written anew: its notes of place, time and device go with the original."""
    content = accepted_content(upload, safe_name(upload.name or ""), endings=ENDINGS)
    try:
        picture = files.store(jpeg_of(content), media_type="image/jpeg")
    except NoPicture:
        raise Refused(_("写真として読めません。撮り直すか、JPEGで保存し直してください。"), field="file") from None
    session = Session.objects.select_for_update(of=("self",)).select_related("request__host").get(pk=session.pk)
    refuse_not_begun(session)
    if session.photos.count() >= MOST_PHOTOS:
        raise Refused(_("写真は1回の実技指導に%(n)s枚までです。") % {"n": MOST_PHOTOS})
    try:
        with transaction.atomic():
            photo = SessionPhoto.objects.create(session=session, picture=picture, caption=caption, added_by=by.person)
    except IntegrityError:
        raise Refused(_("同じ写真が、すでにあります。"), field="file") from None
    learners = {plain(one.name): one for one in Learner.objects.filter(request=session.request_id)}
    names = {plain(name): name for name in people}
    PhotoPerson.objects.bulk_create(
        PhotoPerson(photo=photo, name=name, learner=learners.get(key)) for key, name in names.items()
    )
    record(photo, "photo.add", by=by, concerns=session.request.host)
    return photo


def refuse_not_begun(session: Session) -> None:
    if session.state == SessionState.CANCELLED or session.starts_at > timezone.now():
        raise Refused(_("写真を加えられるのは、始まった実技指導だけです。"))


@transaction.atomic
def withdraw_consent(person: PhotoPerson, *, because: str, by: Acting) -> None:
    """On the word of whoever is on it: from now on the picture is shown to nobody. A second click finds it done."""
    row = (
        PhotoPerson.objects.select_for_update(of=("self",)).select_related("photo__session__request").get(pk=person.pk)
    )
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.withdrawn_because = timezone.now(), because
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    host = row.photo.session.request.host_id
    record(row.photo, "photo.withdraw_consent", by=by, concerns=host, who=row.name, reason=because)
