"""People at work, organisations, mandates, and what is to be signed or was handed in."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import Employment, Evidence, Mandate, Organisation, SignatureRequest
from firms.models.organisations import DESK_ROLES, EMPLOYERS, Kind
from lms.searching.providers import Hit, Provider, Words, said

PERSON = ("family_name", "given_name", "family_kana", "given_kana")


def people(acting: Acting, words: Words) -> QuerySet[Employment]:
    fields = [f"person__{name}" for name in PERSON]
    rows = Employment.objects.visible_to(acting).select_related("person", "establishment__organisation")
    return rows.filter(said(words, *fields, "insured_number", "job_title", "establishment__name")).order_by(
        "person__family_kana", "pk"
    )


def person_hit(row: Employment) -> Hit:
    about = (row.person.full_kana, str(row.establishment), row.job_title)
    return Hit(row.person.full_name, reverse("firms:employment", args=[row.pk]), tuple(filter(None, about)))


def organisations(acting: Acting, words: Words) -> QuerySet[Organisation]:
    fields = ("name", "name_kana", "corporate_number", "address", "main_business")
    return Organisation.objects.visible_to(acting).filter(said(words, *fields)).order_by("name_kana", "pk")


def organisation_hit(row: Organisation) -> Hit:
    return Hit(
        row.name, reverse("firms:organisation_detail", args=[row.pk]), (str(row.get_kind_display()), row.address)
    )


def mandates(acting: Acting, words: Words) -> QuerySet[Mandate]:
    rows = Mandate.objects.visible_to(acting).select_related("firm", "office")
    return rows.filter(said(words, "firm__name", "firm__name_kana")).order_by("-pk")


def mandate_hit(row: Mandate) -> Hit:
    return Hit(row.firm.name, reverse("firms:mandate", args=[row.pk]), (str(row.get_state_display()),))


def to_sign(acting: Acting, words: Words) -> QuerySet[SignatureRequest]:
    rows = SignatureRequest.objects.visible_to(acting).select_related("version__document", "side")
    return rows.filter(said(words, "version__document__title")).order_by("-pk")


def to_sign_hit(row: SignatureRequest) -> Hit:
    return Hit(row.version.document.title, reverse("firms:sign", args=[row.pk]), (str(row.side),))


def evidence(acting: Acting, words: Words) -> QuerySet[Evidence]:
    """What has been checked: a file that has not is not given out."""
    return Evidence.objects.visible_to(acting).clean().filter(said(words, "name")).order_by("-pk")


def evidence_hit(row: Evidence) -> Hit:
    return Hit(row.name, reverse("firms:evidence", args=[row.pk]))


PROVIDERS = (
    Provider(
        "people", _("人"), "people", people, person_hit,
        more="firms:people",
        concerns=lambda acting: acting.role in DESK_ROLES and acting.kind in {*EMPLOYERS, Kind.OFFICE},
    ),
    Provider(
        "organisations", _("組織"), "building", organisations, organisation_hit,
        more="firms:organisations",
        concerns=lambda acting: acting.kind == Kind.WARD,
    ),
    Provider(
        "mandates", _("委任"), "building", mandates, mandate_hit,
        concerns=lambda acting: acting.kind == Kind.OFFICE,
    ),
    Provider("to_sign", _("署名する文書"), "edit", to_sign, to_sign_hit),
    Provider("evidence", _("証拠書類"), "file", evidence, evidence_hit),
)  # fmt: skip
