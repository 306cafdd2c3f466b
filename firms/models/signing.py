"""What several sides sign: the document, its frozen texts, the sides, what each is asked, and what each has signed."""

from hashlib import sha256

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from firms.acting import Acting
from firms.models.evidence import StoredFile
from firms.models.links import ActionLink
from firms.models.organisations import LEADING_ROLES, Organisation
from firms.words.saying import said as _


def hash_of_text(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class DocumentQuerySet(models.QuerySet["Document"]):
    def about(self, subject: models.Model) -> "DocumentQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Document(models.Model):
    """One of a kind about one row of any app; what it says are its versions, and the newest of them is current."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    kind = models.CharField(gettext_lazy("文書の種類"), max_length=40)
    title = models.CharField(gettext_lazy("題名"), max_length=120)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=gettext_lazy("作成した組織"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("文書")
        verbose_name_plural = gettext_lazy("文書")
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "kind"], name="document_kind_once"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def about(self, subject: models.Model, *, kind: str) -> "DocumentVersionQuerySet":
        found = Document.objects.about(subject).filter(kind=kind)
        return self.filter(document__in=found)

    def signed(self) -> "DocumentVersionQuerySet":
        """Those every side has signed: here, or before where no term of theirs has changed since."""
        asked = SignatureRequest.objects.filter(version=OuterRef("pk"))
        return self.filter(Exists(asked), ~Exists(asked.unanswered()))


class DocumentVersion(models.Model):
    """Append-only: a text or a file, and the hash every signature is bound to."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=gettext_lazy("文書"))
    number = models.PositiveIntegerField(gettext_lazy("版"))
    text = models.TextField(gettext_lazy("本文"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("ファイル")
    )
    sha256 = models.CharField(gettext_lazy("ハッシュ値"), max_length=64)
    frozen_by = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("確定した人")
    )
    frozen_at = models.DateTimeField(gettext_lazy("確定した日時"), default=timezone.now)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("文書の版")
        verbose_name_plural = gettext_lazy("文書の版")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_counts_from_one"),
            models.CheckConstraint(
                condition=Q(file=None) & ~Q(text="") | Q(file__isnull=False, text=""), name="version_is_text_or_file"
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s 第%(number)s版") % {"title": self.document.title, "number": self.number}

    @property
    def is_intact(self) -> bool:
        """What is kept still has the hash it was signed under."""
        return self.sha256 == (self.file.sha256 if self.file else hash_of_text(self.text))


class Side(models.Model):
    """Who is bound by a document, in a role: by an account, by whoever leads an organisation, or by an outside contact.

    `contact_name` and `email` say how the side is reached. They stand outside every text, so changing them voids nothing.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="sides", verbose_name=gettext_lazy("文書"))
    role = models.CharField(max_length=20)
    role_label = models.CharField(gettext_lazy("立場"), max_length=40)
    party = models.CharField(gettext_lazy("当事者"), max_length=160)
    # Not hidden: whoever takes a record over by accepting an invitation takes over its place in documents as well.
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="sides", verbose_name=gettext_lazy("利用者")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("組織")
    )
    contact_name = models.CharField(gettext_lazy("担当者の氏名"), max_length=60, blank=True)
    email = models.EmailField(gettext_lazy("担当者のメールアドレス"), blank=True)

    class Meta:
        verbose_name = gettext_lazy("当事者")
        verbose_name_plural = gettext_lazy("当事者")
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "role"], name="side_role_once"),
            models.CheckConstraint(condition=~Q(party=""), name="side_names_its_party"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(contact_name=""),
                name="side_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_label} {self.party}"

    @property
    def is_outside(self) -> bool:
        """Nobody here can sign for it: it is sent a link."""
        return self.person_id is None and self.organisation_id is None


class SignatureRequestQuerySet(models.QuerySet["SignatureRequest"]):
    def unanswered(self) -> "SignatureRequestQuerySet":
        return self.filter(carried=None, signature=None)

    def visible_to(self, acting: Acting) -> "SignatureRequestQuerySet":
        """One's own, and those of the organisation one leads."""
        own = Q(side__person=acting.person)
        if acting.role in LEADING_ROLES:
            own |= Q(side__person=None, side__organisation=acting.organisation_id)
        return self.filter(own)


class SignatureRequest(models.Model):
    """Append-only: one side is asked to sign one version, or the signature it gave before goes on standing."""

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, related_name="requests", verbose_name=gettext_lazy("文書の版")
    )
    side = models.ForeignKey(Side, models.PROTECT, related_name="requests", verbose_name=gettext_lazy("当事者"))
    carried = models.ForeignKey(
        "firms.Signature", models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("引き続き有効な署名")
    )

    objects = SignatureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("署名の求め")
        verbose_name_plural = gettext_lazy("署名の求め")
        ordering = ["version", "side"]
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="request_side_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.side}"

    @property
    def standing(self) -> "Signature | None":
        """The signature that counts for this version, given to it or to an earlier one."""
        return self.carried or getattr(self, "signature", None)


class Signature(models.Model):
    """Append-only: a name and a moment, or a drawn picture as well, bound to the hash of what was signed.

    The database refuses another hash than that of the version asked for, and a second signature for one request.
    """

    request = models.OneToOneField(
        SignatureRequest, models.PROTECT, related_name="signature", verbose_name=gettext_lazy("署名の求め")
    )
    sha256 = models.CharField(gettext_lazy("ハッシュ値"), max_length=64)
    name = models.CharField(gettext_lazy("署名した人"), max_length=60)
    position = models.CharField(gettext_lazy("役職・続柄"), max_length=60, blank=True)
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("利用者")
    )
    link = models.ForeignKey(
        ActionLink, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("リンク")
    )
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("署名の画像")
    )
    signed_at = models.DateTimeField(gettext_lazy("署名した日時"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("署名")
        verbose_name_plural = gettext_lazy("署名")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="signature_has_a_name"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, link=None) | Q(person=None, link__isnull=False),
                name="signature_by_person_or_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.signed_at:%Y-%m-%d %H:%M}"
