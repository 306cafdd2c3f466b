"""Organisations, their establishments, who acts for them, and who was invited to."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.numbers import (
    validate_corporate_number,
    validate_insurance_number,
    validate_labour_number,
    validate_licence_number,
)
from firms.states import InvitationState


class Kind(models.TextChoices):
    FIRM = "firm", _("企業")
    COLLEGE = "college", _("連携校")
    OFFICE = "office", _("社労士事務所")
    AGENCY = "agency", _("派遣元")
    WARD = "ward", _("区")


class Industry(models.TextChoices):
    """The four classes by which 中小企業 is judged (雇用関係助成金共通要領 0202)."""

    MANUFACTURING = "manufacturing", _("製造業その他")
    RETAIL = "retail", _("小売業・飲食店")
    SERVICES = "services", _("サービス業")
    WHOLESALE = "wholesale", _("卸売業")


class Provider(models.TextChoices):
    """What kind of school or institute a college is."""

    UNIVERSITY = "university", _("大学・大学院")
    TECHNICAL = "technical", _("高専・専門学校")
    PUBLIC_TRAINING = "public_training", _("公共職業能力開発施設")
    PUBLIC_LABORATORY = "public_laboratory", _("公設試験研究機関・支援センター")
    PRIVATE = "private", _("民間の教育機関")


class Role(models.TextChoices):
    MANAGER = "manager", _("管理者")
    EMPLOYEE = "employee", _("従業員")
    COORDINATOR = "coordinator", _("事務担当")
    INSTRUCTOR = "instructor", _("講師")
    ADVISOR = "advisor", _("社会保険労務士")
    CLERK = "clerk", _("事務員")
    OFFICER = "officer", _("区職員")
    CAREER = "career", _("キャリアアドバイザー")


ROLES_OF: dict[str, tuple[str, ...]] = {
    Kind.FIRM: (Role.MANAGER, Role.EMPLOYEE),
    Kind.COLLEGE: (Role.COORDINATOR, Role.INSTRUCTOR),
    Kind.OFFICE: (Role.ADVISOR, Role.CLERK),
    Kind.AGENCY: (Role.COORDINATOR, Role.CAREER),
    Kind.WARD: (Role.OFFICER,),
}

# Kinds that employ the people who are trained, and keep their terms here.
EMPLOYERS: tuple[str, ...] = (Kind.FIRM, Kind.AGENCY)

# Roles whose holder may change the organisation itself: invite, withdraw, edit.
LEADING_ROLES: tuple[str, ...] = (Role.MANAGER, Role.COORDINATOR, Role.ADVISOR, Role.OFFICER)

# Roles that work at the organisation's desk and see its business; employees and instructors see their own.
DESK_ROLES: tuple[str, ...] = (*LEADING_ROLES, Role.CLERK)


class EndedWith(models.TextChoices):
    """What a membership ended with that may be put right: it is open again when that is."""

    EMPLOYMENT = "employment", _("雇用の終了")
    DEREGISTRATION = "deregistration", _("組織の抹消")


def registered(day: date, *, organisation: str = "") -> Q:
    """Not deregistered (抹消) that day; the day itself is the first without it. `organisation` is the path to it."""
    path = f"{organisation}__deregistered_on" if organisation else "deregistered_on"
    return Q(**{path: None}) | Q(**{f"{path}__gt": day})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def registered_on(self, day: date) -> "OrganisationQuerySet":
        return self.filter(registered(day))

    def of_kind(self, kind: str) -> "OrganisationQuerySet":
        return self.filter(kind=kind)

    def visible_to(self, acting: Acting) -> "OrganisationQuerySet":
        """One's own, the firms that gave a mandate in force today, and for the ward everyone."""
        if acting.kind == Kind.WARD:
            return self
        return self.filter(Q(pk=acting.organisation_id) | Q(pk__in=acting.client_ids)).distinct()


class Organisation(models.Model):
    kind = models.CharField(_("種別"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=120)
    name_kana = models.CharField(_("名称（フリガナ）"), max_length=160, blank=True)
    corporate_number = models.CharField(
        _("法人番号"), max_length=13, null=True, blank=True, validators=[validate_corporate_number]
    )
    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    email = models.EmailField(_("代表メールアドレス"), blank=True)
    representative_title = models.CharField(_("代表者の役職"), max_length=40, blank=True)
    representative_name = models.CharField(_("代表者の氏名"), max_length=60, blank=True)
    industry = models.CharField(_("業種区分"), max_length=14, choices=Industry.choices, blank=True)
    main_business = models.CharField(_("主たる事業"), max_length=100, blank=True)
    capital_yen = models.PositiveBigIntegerField(_("資本金（円）"), null=True, blank=True)
    regular_employees = models.PositiveIntegerField(_("企業全体の常時雇用する労働者数（人）"), null=True, blank=True)
    provider = models.CharField(_("教育機関の種類"), max_length=18, choices=Provider.choices, blank=True)
    invoice_number = models.CharField(_("適格請求書発行事業者の登録番号"), max_length=14, blank=True)
    bank_account = models.CharField(_("振込先"), max_length=200, blank=True)
    licence_number = models.CharField(
        _("代表社会保険労務士の登録番号"), max_length=8, blank=True, validators=[validate_licence_number]
    )
    deregistered_on = models.DateField(_("抹消日"), null=True, blank=True)
    deregistered_because = models.CharField(_("抹消の理由"), max_length=400, blank=True)
    is_fictional = models.BooleanField(_("架空（デモ）"), default=False)
    created_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = _("組織")
        ordering = ["kind", "name_kana", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["corporate_number"], name="organisation_corporate_number_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind_known"),
            models.CheckConstraint(
                condition=~Q(corporate_number=""), name="organisation_corporate_number_null_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(deregistered_on=None, deregistered_because="")
                | (Q(deregistered_on__isnull=False) & ~Q(deregistered_because="")),
                name="organisation_deregistered_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ward") | Q(deregistered_on=None), name="organisation_ward_stays_registered"
            ),
            models.CheckConstraint(
                condition=Q(licence_number="") | Q(kind="office"), name="organisation_licence_of_an_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def representative(self) -> str:
        return f"{self.representative_title} {self.representative_name}".strip()

    def is_registered_on(self, day: date) -> bool:
        """As `registered` says of rows."""
        return self.deregistered_on is None or day < self.deregistered_on


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def visible_to(self, acting: Acting) -> "EstablishmentQuerySet":
        if acting.kind == Kind.WARD:
            return self
        return self.filter(Q(organisation=acting.organisation_id) | Q(organisation__in=acting.client_ids)).distinct()


class Establishment(models.Model):
    """雇用保険適用事業所: the unit plans and yearly limits are counted by."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="establishments", verbose_name=_("組織")
    )
    name = models.CharField(_("事業所の名称"), max_length=120)
    insurance_number = models.CharField(
        _("雇用保険適用事業所番号"), max_length=13, unique=True, validators=[validate_insurance_number]
    )
    labour_number = models.CharField(_("労働保険番号"), max_length=18, blank=True, validators=[validate_labour_number])
    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    prefecture = models.CharField(_("都道府県"), max_length=10, default="東京都")

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("事業所")
        verbose_name_plural = _("事業所")
        ordering = ["organisation", "pk"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """In force that day; one ended today is over today, since rights taken away must be gone at once."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def leading(self) -> "MembershipQuerySet":
        return self.filter(role__in=LEADING_ROLES)

    def visible_to(self, acting: Acting) -> "MembershipQuerySet":
        """The desk sees its organisation's people; the ward sees who leads each organisation."""
        if acting.role not in DESK_ROLES:
            return self.filter(person=acting.person)
        own = Q(organisation=acting.organisation_id)
        return self.filter(own | Q(role__in=LEADING_ROLES)) if acting.kind == Kind.WARD else self.filter(own)


class Membership(models.Model):
    """A person acts for an organisation in a role, from–until; ended, never deleted."""

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="memberships", verbose_name=_("利用者"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("組織"))
    role = models.CharField(_("役割"), max_length=12, choices=Role.choices)
    department = models.CharField(_("部署・役職"), max_length=60, blank=True)
    licence_number = models.CharField(_("社会保険労務士登録番号"), max_length=12, blank=True)
    started_on = models.DateField(_("開始日"))
    ended_on = models.DateField(_("終了日"), null=True, blank=True)
    ended_with = models.CharField(_("終了の理由"), max_length=14, choices=EndedWith.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("所属")
        verbose_name_plural = _("所属")
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], condition=Q(ended_on=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="membership_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(ended_with="") | Q(ended_with__in=EndedWith.values, ended_on__isnull=False),
                name="membership_ended_with_something_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation} {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, acting: Acting) -> "InvitationQuerySet":
        if acting.role not in DESK_ROLES:
            return self.none()
        return self if acting.kind == Kind.WARD else self.filter(organisation=acting.organisation_id)


class Invitation(models.Model):
    """A link by mail that makes one person a member; only its hash is kept.

    `person` is somebody registered without an address: whoever accepts becomes that person, or takes their records over.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations", verbose_name=_("組織"))
    email = models.EmailField(_("メールアドレス"))
    role = models.CharField(_("役割"), max_length=12, choices=Role.choices)
    family_name = models.CharField(_("姓"), max_length=40, blank=True)
    given_name = models.CharField(_("名"), max_length=40, blank=True)
    person = models.ForeignKey(
        "firms.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登録済みの本人")
    )
    state = models.CharField(_("状態"), max_length=12, choices=InvitationState.choices, default=InvitationState.OPEN)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("招待した人"))
    created_at = models.DateTimeField(_("招待日時"), auto_now_add=True)
    expires_at = models.DateTimeField(_("有効期限"))
    closed_at = models.DateTimeField(_("終了日時"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("招待")
        verbose_name_plural = _("招待")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"], condition=Q(state="open"), name="invitation_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="invitation_closed_with_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    def is_over(self, now: datetime) -> bool:
        return self.expires_at <= now
