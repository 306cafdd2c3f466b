"""Evidence files: stored once by their hash, never served before they were checked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models.mandates import Scope
from firms.models.organisations import DESK_ROLES, Kind, Organisation
from firms.states import EvidenceState


class StoredFile(models.Model):
    """The content itself, kept once however often it is handed in."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大きさ（バイト）"))
    media_type = models.CharField(_("種類"), max_length=100)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("保管ファイル")
        verbose_name_plural = _("保管ファイル")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty")]

    def __str__(self) -> str:
        return self.sha256[:12]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, acting: Acting) -> "EvidenceQuerySet":
        """The desks of the owner and of those who handed it in; others see their own.

        An office sees its clients' alone, while the mandate for training grants is in force: what it handed in itself
        stays with the client.
        """
        if acting.role not in DESK_ROLES:
            return self.filter(uploaded_by=acting.person, uploaded_for=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            clients = acting.clients_for(Scope.TRAINING_GRANTS)
            return self.filter(Q(owner=acting.organisation_id) | Q(owner__in=clients))
        return self.filter(Q(owner=acting.organisation_id) | Q(uploaded_for=acting.organisation_id))

    def clean(self) -> "EvidenceQuerySet":
        return self.filter(state=EvidenceState.CLEAN)


class Evidence(models.Model):
    """A file handed in as proof for an organisation: its name, kind and who brought it."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence", verbose_name=_("ファイル"))
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("JPEGにした写真")
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence", verbose_name=_("対象の組織"))
    kind = models.CharField(_("書類の種類"), max_length=40)
    name = models.CharField(_("ファイル名"), max_length=200)
    state = models.CharField(_("状態"), max_length=10, choices=EvidenceState.choices, default=EvidenceState.UNCHECKED)
    rejected_because = models.CharField(_("受け入れられない理由"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登録した人")
    )
    guest = models.CharField(_("リンクから渡した人"), max_length=160, blank=True)
    uploaded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("登録した組織"))
    uploaded_at = models.DateTimeField(_("登録日時"), auto_now_add=True)
    checked_at = models.DateTimeField(_("確認日時"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("証拠書類")
        verbose_name_plural = _("証拠書類")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unchecked", checked_at=None) | (~Q(state="unchecked") & Q(checked_at__isnull=False)),
                name="evidence_checked_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rejected_because=""), name="evidence_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by__isnull=False, guest="") | (Q(uploaded_by=None) & ~Q(guest="")),
                name="evidence_by_a_person_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return self.name
