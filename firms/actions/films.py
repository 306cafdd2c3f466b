"""Films and their captions: looked at before they are kept, and stored once by their content."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from firms.errors import Refused
from firms.files import store as files
from firms.film import vtt
from firms.film.chapters import BrokenLine
from firms.film.kinds import video_type
from firms.models import StoredFile
from firms.words.saying import said as _


def stored_film(upload: UploadedFile) -> StoredFile:
    """MP4 or WebM by what it is, not by its name."""
    limit = settings.VIDEO_LIMIT_BYTES
    if (upload.size or 0) > limit:
        raise Refused(
            _("動画が大きすぎます。%(limit)sまでにするか、動画を置いた場所のアドレスを書いてください。")
            % {"limit": filesizeformat(limit)},
            field="upload",
        )
    content: bytes = upload.read()
    if not (media_type := video_type(content)):
        raise Refused(_("MP4かWebMの動画ではありません。書き出し直してから選んでください。"), field="upload")
    return files.store(content, media_type=media_type)


def stored_captions(upload: UploadedFile) -> StoredFile:
    """Captions that every browser will show; else the sentence names the broken line."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = filesizeformat(settings.UPLOAD_LIMIT_BYTES)
        raise Refused(_("字幕が大きすぎます。%(limit)sまでにしてください。") % {"limit": limit}, field="vtt")
    try:
        text = upload.read().decode("utf-8-sig")
        vtt.cues(text)
    except UnicodeDecodeError:
        raise Refused(_("字幕の文字コードがUTF-8ではありません。UTF-8で保存し直してください。"), field="vtt") from None
    except BrokenLine as broken:
        raise Refused(str(broken), field="vtt") from None
    return files.store(text.encode(), media_type="text/vtt")
