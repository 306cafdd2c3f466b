"""Application: somebody asks to be certified in an occupation, with a career, proofs and a recommendation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.models import ActionLink, Evidence, Organisation
from firms.models.organisations import Kind
from mentors import occupations, places
from mentors.rules import Career, Stretch
from mentors.states import EDITABLE, ApplicationState


class Designation(models.TextChoices):
    MEISTER = "meister", _("ものづくりマイスター")
    DX = "dx", _("ものづくりマイスター（+DX）")
    IT = "it", _("ものづくりマイスター（IT部門）")
    WARD = "ward", _("区のマイスター")


class Qualification(models.TextChoices):
    """As `mentors.rules.QUALIFICATIONS` names them."""

    SPECIAL_GRADE = "special_grade", _("特級技能士")
    GRADE_1 = "grade_1", _("1級技能士")
    SINGLE_GRADE = "single_grade", _("単一等級技能士")
    EQUIVALENT = "equivalent", _("同等の資格・受賞")
    GRADE_2 = "grade_2", _("2級技能士")
    NONE = "none", _("なし")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, acting: Acting) -> "ApplicationQuerySet":
        """One's own; the ward those that were handed in to it, drafts being nobody's but the applicant's."""
        own = Q(person=acting.person)
        if acting.kind == Kind.WARD:
            own |= Q(ward=acting.organisation_id) & ~Q(submitted_at=None)
        return self.filter(own)

    def waiting(self) -> "ApplicationQuerySet":
        """What the ward has to do something about."""
        return self.filter(state__in=[ApplicationState.SUBMITTED, ApplicationState.REVIEWING])


class Application(models.Model):
    tone = {
        ApplicationState.SUBMITTED: "info",
        ApplicationState.RETURNED: "warning",
        ApplicationState.REVIEWING: "info",
        ApplicationState.PASSED: "warning",
        ApplicationState.CERTIFIED: "success",
        ApplicationState.DECLINED: "error",
    }

    person = models.ForeignKey("firms.Person", models.PROTECT, related_name="applications", verbose_name=_("申請者"))
    ward = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("区"))
    designation = models.CharField(_("認定の種類"), max_length=8, choices=Designation.choices)
    occupation = models.CharField(_("職種"), max_length=40)
    edition = models.CharField(_("職種の一覧の版"), max_length=10)
    qualification = models.CharField(_("資格・受賞"), max_length=14, choices=Qualification.choices)
    qualified_on = models.DateField(_("資格を得た日"))
    teaches = models.CharField(_("得意とする指導内容"), max_length=200)
    machines = models.CharField(_("使う機械・作業"), max_length=100, blank=True)
    dx_facts = models.CharField(_("DXで改善した実績"), max_length=400, blank=True)
    base = models.CharField(_("お住まいか仕事場の区市"), max_length=5, blank=True)
    area = models.CharField(_("指導できる地域"), max_length=60)
    languages = models.CharField(_("話せる言語"), max_length=60, default="日本語")
    employer = models.CharField(_("いまの勤め先"), max_length=120, blank=True)
    is_willing = models.BooleanField(_("若い人の指導に意欲がある"), default=False)
    consents = models.BooleanField(_("公開名簿への掲載に同意する"), default=False)
    state = models.CharField(_("状態"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    submitted_at = models.DateTimeField(_("提出日時"), null=True, blank=True)
    decided_on = models.DateField(_("審査の結果の日"), null=True, blank=True)
    because = models.CharField(_("差戻し・結果の理由"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("マイスター認定の申請")
        verbose_name_plural = _("マイスター認定の申請")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(designation__in=Designation.values), name="application_designation_known"
            ),
            models.CheckConstraint(
                condition=Q(qualification__in=Qualification.values), name="application_qualification_known"
            ),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.UniqueConstraint(
                fields=["person", "designation", "occupation"],
                condition=Q(state__in=["draft", "submitted", "returned", "reviewing", "passed"]),
                name="application_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_submitted_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["certified", "declined", "passed"], decided_on__isnull=False)
                | (~Q(state__in=["certified", "declined", "passed", "withdrawn"]) & Q(decided_on=None))
                | Q(state="withdrawn"),
                name="application_decided_with_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "declined"]) | ~Q(because=""), name="application_says_why_not"
            ),
            models.CheckConstraint(
                condition=~Q(designation="dx") | ~Q(dx_facts="") | Q(state="draft"), name="application_dx_has_facts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.person.full_name}）"

    @property
    def occupation_label(self) -> str:
        return occupations.label_of(self.occupation)

    @property
    def title(self) -> str:
        return f"{self.get_designation_display()} {self.occupation_label}"

    @property
    def base_label(self) -> str:
        return places.label_of(self.base)

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def career(self) -> Career:
        """As the rules ask for it; two queries unless the stretches were fetched."""
        rows = list(self.stretches.all())
        return Career(
            qualification=self.qualification,
            qualified_on=self.qualified_on,
            practice=tuple(one.as_fact for one in rows if one.kind == CareerKind.PRACTICE),
            instruction=tuple(one.as_fact for one in rows if one.kind == CareerKind.INSTRUCTION),
            willing=self.is_willing,
        )


class CareerKind(models.TextChoices):
    PRACTICE = "practice", _("実務経験")
    INSTRUCTION = "instruction", _("実技指導の経験")


class CareerStretch(models.Model):
    """A time of work or of teaching; without a last day it goes on."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="stretches", verbose_name=_("申請"))
    kind = models.CharField(_("経験の種類"), max_length=12, choices=CareerKind.choices)
    first_on = models.DateField(_("最初の日"))
    last_on = models.DateField(_("最後の日"), null=True, blank=True)
    place = models.CharField(_("勤め先・指導した先"), max_length=120)

    class Meta:
        verbose_name = _("経歴")
        verbose_name_plural = _("経歴")
        ordering = ["kind", "first_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CareerKind.values), name="stretch_kind_known"),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="stretch_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    @property
    def as_fact(self) -> Stretch:
        return Stretch(self.first_on, self.last_on)


class Proof(models.Model):
    """A file handed in with an application: the copy of a certificate, of an award, of a record of work."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="proofs", verbose_name=_("申請"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("ファイル"))

    class Meta:
        verbose_name = _("添付書類")
        verbose_name_plural = _("添付書類")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "evidence"], name="proof_file_once"),
        ]

    def __str__(self) -> str:
        return self.evidence.name


class Tie(models.TextChoices):
    """What the recommender is to the applicant; near relatives (二親等以内) may not recommend."""

    EMPLOYER = "employer", _("勤め先の代表者・上司")
    COLLEAGUE = "colleague", _("同僚・元同僚")
    CUSTOMER = "customer", _("取引先")
    ASSOCIATION = "association", _("技能士会・業界団体")
    SCHOOL = "school", _("学校・訓練施設")
    RELATIVE = "relative", _("二親等以内の親族（配偶者、親子、兄弟姉妹、祖父母、孫）")


class Recommendation(models.Model):
    """Append-only: what a third party said by link about one application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations", verbose_name=_("申請"))
    name = models.CharField(_("推薦者の氏名"), max_length=60)
    party = models.CharField(_("推薦者の所属"), max_length=160, blank=True)
    email = models.EmailField(_("推薦者のメールアドレス"))
    tie = models.CharField(_("申請者との関係"), max_length=12, choices=Tie.choices)
    text = models.TextField(_("推薦の理由"))
    link = models.OneToOneField(ActionLink, models.PROTECT, related_name="+", verbose_name=_("リンク"))
    given_at = models.DateTimeField(_("推薦の日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("推薦")
        verbose_name_plural = _("推薦")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tie__in=["employer", "colleague", "customer", "association", "school"]),
                name="recommendation_not_of_a_relative",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_tie_display()}）"
