"""What is kept beside the days: what the ledgers name, papers as they were printed, complaints, and accidents with their reports."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.words.days import day_words
from trials.models.agreement import Placement
from trials.shapes import SheetFacts, lifted_sheet
from trials.states import Party

DESKS = [Party.HOST.value, Party.AGENCY.value]


class AgreementKind(models.TextChoices):
    """How the pay of a dispatched worker is made equal: 派遣法30条の4 by agreement, 30条の3 by comparison with the host."""

    AGREEMENT = "agreement", _("協定対象派遣労働者")
    COMPARED = "compared", _("協定対象でない（派遣先均等・均衡方式）")


class TermKind(models.TextChoices):
    FIXED = "fixed", _("有期雇用")
    INDEFINITE = "indefinite", _("無期雇用")


class LedgerNote(models.Model):
    """Append-only, the newest of a side counts: what the law wants named in contract, notice and ledger."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="ledger_notes", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    number = models.PositiveSmallIntegerField(_("版"))
    officer = models.CharField(_("責任者（役職・氏名）"), max_length=80)
    phone = models.CharField(_("責任者の電話"), max_length=20, blank=True)
    commander = models.CharField(_("指揮命令者（役職・氏名）"), max_length=80, blank=True)
    unit = models.CharField(_("組織単位"), max_length=80, blank=True)
    duty = models.CharField(_("責任の程度"), max_length=120, blank=True)
    agreement_kind = models.CharField(_("協定対象か"), max_length=9, choices=AgreementKind.choices, blank=True)
    term_kind = models.CharField(_("雇用の期間"), max_length=10, choices=TermKind.choices, blank=True)
    stability = models.CharField(_("雇用安定措置"), max_length=200, blank=True)
    training = models.CharField(_("教育訓練・キャリアコンサルティング（日付と内容）"), max_length=400, blank=True)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記入した人"))
    written_at = models.DateTimeField(_("記入日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("台帳の記載事項")
        verbose_name_plural = _("台帳の記載事項")
        ordering = ["placement", "side", "number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "side", "number"], name="ledger_note_number_once"),
            models.CheckConstraint(condition=Q(side__in=DESKS), name="ledger_note_of_host_or_agency"),
            models.CheckConstraint(condition=~Q(officer=""), name="ledger_note_names_the_officer"),
            models.CheckConstraint(
                condition=Q(side="agency") | ~Q(unit="") & ~Q(duty="") & ~Q(commander=""),
                name="ledger_note_of_host_with_unit_and_duty",
            ),
            models.CheckConstraint(
                condition=Q(side="host") | ~Q(agreement_kind="") & ~Q(term_kind=""),
                name="ledger_note_of_agency_with_kinds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_side_display()} 第{self.number}版"


class TrialPaper(models.Model):
    """Append-only: a paper as it was printed. The same facts again are the same version."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="papers", verbose_name=_("トライアル就労"))
    kind = models.CharField(_("種類"), max_length=20)
    number = models.PositiveSmallIntegerField(_("版"))
    facts = models.JSONField(_("内容"))
    sha256 = models.CharField(_("ハッシュ値"), max_length=64)
    made_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("作った人"))
    made_at = models.DateTimeField(_("作った日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("帳票")
        verbose_name_plural = _("帳票")
        ordering = ["placement", "kind", "number"]
        constraints = [models.UniqueConstraint(fields=["placement", "kind", "number"], name="trial_paper_number_once")]

    def __str__(self) -> str:
        return f"{self.placement} {self.kind} 第{self.number}版"

    @property
    def lifted(self) -> SheetFacts:
        """What everybody reads: the frozen facts in today's shape."""
        return lifted_sheet(self.facts)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, acting: Acting) -> "ComplaintQuerySet":
        """The three parties: 派遣法40条1項 has the host tell the agency, and both answer."""
        return self.filter(placement__in=Placement.objects.visible_to(acting))


class Complaint(models.Model):
    """Append-only: what the trialist complains of, on which day and to whom."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="complaints", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("申出を受けた側"), max_length=6, choices=Party.choices)
    raised_on = models.DateField(_("申出を受けた日"))
    content = models.TextField(_("苦情の内容"), max_length=1000)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("苦情")
        verbose_name_plural = _("苦情")
        ordering = ["placement", "raised_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(content=""), name="complaint_says_what"),
            models.CheckConstraint(condition=Q(side__in=DESKS), name="complaint_taken_by_host_or_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(self.raised_on)}"


class ComplaintAnswer(models.Model):
    """Append-only: what one 責任者 did about it; a further step is a further row."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="answers", verbose_name=_("苦情"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    answered_on = models.DateField(_("対応した日"))
    words = models.TextField(_("対応の内容"), max_length=1000)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("苦情への対応")
        verbose_name_plural = _("苦情への対応")
        ordering = ["complaint", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="complaint_answer_says_what"),
            models.CheckConstraint(condition=Q(side__in=DESKS), name="complaint_answered_by_host_or_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.get_side_display()}"


class AccidentQuerySet(models.QuerySet["Accident"]):
    def visible_to(self, acting: Acting) -> "AccidentQuerySet":
        return self.filter(placement__in=Placement.objects.visible_to(acting))


class Accident(models.Model):
    """Append-only: an injury at work or on the way; what follows are its steps."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="accidents", verbose_name=_("トライアル就労"))
    happened_at = models.DateTimeField(_("発生日時"))
    place = models.CharField(_("発生場所"), max_length=120)
    is_commuting = models.BooleanField(_("通勤の途中"), default=False)
    injury = models.CharField(_("傷病の部位と程度"), max_length=200)
    story = models.TextField(_("発生の状況"), max_length=1000, help_text=_("何をしていて、どうなったか"))
    days_off = models.PositiveSmallIntegerField(_("休業の見込み（日）"))
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    objects = AccidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("災害")
        verbose_name_plural = _("災害")
        ordering = ["placement", "happened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(story="") & ~Q(place="") & ~Q(injury=""), name="accident_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(written_at__gte=F("happened_at")), name="accident_told_after_it_happened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(timezone.localdate(self.happened_at))}"


class AccidentWhat(models.TextChoices):
    FILED = "file", _("死傷病報告を提出")
    COPIED = "copy", _("報告の写しを派遣元に送付")
    CERTIFIED = "certify", _("労災請求書に証明")
    CLAIMED = "claim", _("労災の請求書を提出")
    DAYS_OFF = "days_off", _("休業日数の変更")


class AccidentStep(models.Model):
    """Append-only: what one side has done about an accident, on its day; of a changed number of days, the number."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="steps", verbose_name=_("災害"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    what = models.CharField(_("したこと"), max_length=9, choices=AccidentWhat.choices)
    done_on = models.DateField(_("行った日"))
    receipt = models.CharField(_("受付番号"), max_length=40, blank=True)
    days_off = models.PositiveSmallIntegerField(_("休業の日数"), null=True)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("災害の手続き")
        verbose_name_plural = _("災害の手続き")
        ordering = ["accident", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accident", "side", "what"], condition=~Q(what="days_off"), name="accident_step_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(what="days_off", days_off__isnull=False) | ~Q(what="days_off") & Q(days_off=None),
                name="accident_days_off_with_number",
            ),
            models.CheckConstraint(
                condition=Q(side__in=DESKS, what__in=AccidentWhat.values), name="accident_step_by_host_or_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.accident} {self.get_what_display()}"
