"""A document of three sides about an employment: the worker, the firm, and a host outside."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from PIL import Image, ImageDraw

from firms.actions.documents import Content, SideOf, freeze
from firms.actions.links import Receiver
from firms.models import ActionLink, Employment

TEXT = "就業時間は8:30から17:30まで。時給は1,300円。"
NEXT = "就業時間は9:00から18:00まで。時給は1,300円。"
WEEK = timedelta(days=7)
TO = Receiver("受入 花子", "（架空）多摩川精機", "host@example.jp")
HOST = {"contact_name": "受入 花子", "email": "host@example.jp"}


def sides_of_three(trainee, firm, **host):
    return [
        SideOf("worker", "本人", trainee.person.full_name, person=trainee.person),
        SideOf("firm", "企業", firm.name, organisation=firm),
        SideOf("host", "派遣先", "（架空）多摩川精機", **{**HOST, **host}),
    ]


def subject_of(trainee):
    return Employment.objects.get(person=trainee.person)


def freeze_for(trainee, firm, by, text=TEXT, changed_for=None, **host):
    given = {"kind": "trials.terms", "title": "就業条件明示書", "owner": firm, "changed_for": changed_for}
    return freeze(subject_of(trainee), Content(text), sides=sides_of_three(trainee, firm, **host), by=by, **given)


def asked(version, role):
    return version.requests.get(side__role=role)


def token_in(letter):
    """The secret of the address in a mail."""
    return letter.body.split("/act/")[1].split("/")[0]


@dataclass(frozen=True)
class Given:
    link: ActionLink
    address: str

    @property
    def token(self):
        return self.address.rstrip("/").rsplit("/", 1)[1]

    @property
    def path(self):
        return reverse("firms:act", args=[self.token])


def png(*, strokes=1, size=(900, 300), kind="PNG", ground="white"):
    """A picture of the pad with some strokes on it."""
    image = Image.new("RGBA", size, ground)
    pen = ImageDraw.Draw(image)
    for n in range(strokes):
        pen.line([(50, 50 + 20 * n), (400, 200)], fill="black", width=6)
    out = BytesIO()
    image.convert("RGB" if kind == "JPEG" else "RGBA").save(out, kind)
    return out.getvalue()
