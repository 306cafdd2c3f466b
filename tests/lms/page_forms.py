"""Every form the pages of the demo show, read from their HTML as a browser reads it."""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import reverse

from demo.logins import email_of
from firms.models import Person
from tests.lms.test_gets import LINK, OF_MANY_SORTS, ROLES, kind_of

OF_ONE_KIND = 2
# A password sent wrongly is counted against the visitor, and a second factor is asked for once.
NOT_OURS = ("/accounts/", "/admin/")


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_checked: bool = False
    attributes: dict = field(default_factory=dict)


@dataclass
class PageForm:
    role: str
    page: str
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def view(self):
        return kind_of(self.action)

    @property
    def shape(self):
        """Two forms of one shape ask the same view for the same fields."""
        return self.view, self.method, frozenset(one.name for one in self.fields)


class Reader(HTMLParser):
    """The forms of one page; buttons with a name are fields as well."""

    def __init__(self, role, page):
        super().__init__()
        self.role, self.page, self.forms, self.form, self.last = role, page, [], None, None

    def handle_starttag(self, tag, given):
        attributes = {name: value or "" for name, value in given}
        if tag == "form":
            action = urldefrag(urljoin(self.page, attributes.get("action") or self.page)).url
            self.form = PageForm(self.role, self.page, action, attributes.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form and tag == "option" and self.last:
            self.last.options.append(attributes.get("value", ""))
            if "selected" in attributes:
                self.last.value = attributes.get("value", "")
        elif self.form and tag in {"input", "select", "textarea", "button"} and attributes.get("name"):
            kind = attributes.get("type", "text") if tag == "input" else tag
            self.last = Field(attributes["name"], kind, attributes.get("value", ""), attributes=attributes)
            self.last.is_checked = "checked" in attributes
            self.form.fields.append(self.last)

    def handle_data(self, data):
        if self.last and self.last.kind == "textarea" and not self.last.value:
            self.last.value = data.strip("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag in {"form", "textarea", "select"}:
            self.last = None


def clients():
    made = {name: Client(raise_request_exception=False) for name in ROLES}
    for name, client in made.items():
        client.force_login(Person.objects.get(email=email_of(name)))
    return made


def forms_of(role, client):
    """One form of each shape, from a few pages of each kind; a gate in front of a page shows its own forms."""
    ahead, seen, opened, found = [reverse("home")], set(), {}, {}
    while ahead:
        address = ahead.pop(0)
        kind = kind_of(address)
        if address in seen or kind is None or opened.get(kind, 0) >= OF_MANY_SORTS.get(kind, OF_ONE_KIND):
            continue
        seen.add(address)
        answer = client.get(address)
        opened[kind] = opened.get(kind, 0) + 1
        if answer.status_code != 200 or answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        ahead += [unescape(link) for link in LINK.findall(html)]
        reader = Reader(role, address)
        reader.feed(html)
        for form in reader.forms:
            if not urlsplit(form.action).path.startswith(NOT_OURS):
                found.setdefault(form.shape, form)
    return list(found.values())
