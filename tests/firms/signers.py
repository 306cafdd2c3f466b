"""A document of three sides about an employment: the worker, the firm, and a host outside."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from firms.actions.links import Receiver
from firms.actions.signing import Content, SideOf, freeze
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
