"""What the papers of a trial are made of beside its contract: the host's pay, safety teaching, evaluations, notices of an end,
what a report of an accident asks, and who has taken a paper in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.words.days import day_words
from trials.models.agreement import Placement
from trials.models.records import DESKS, Accident, AgreementKind, TrialPaper
from trials.states import THREE, Party


class PaperReceipt(models.Model):
    """Append-only: a side has taken in a paper of one version; a newer version is taken in anew."""

    paper = models.ForeignKey(TrialPaper, models.PROTECT, related_name="receipts", verbose_name=_("帳票"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    taken_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("受け取った人"))
    taken_at = models.DateTimeField(_("受け取った日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("帳票の受取り")
        verbose_name_plural = _("帳票の受取り")
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "side"], name="paper_taken_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=THREE), name="paper_taken_by_a_party"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.get_side_display()}"


# 施行規則24条の4: what is told where pay is made equal by comparison, and where it is by agreement.
COMPARED_ITEMS = ("comparator", "chosen_because", "pay", "purpose", "considered")
AGREED_ITEMS = ("training", "facilities")


class PayInformation(models.Model):
    """Append-only, the newest counts: 比較対象労働者の待遇等に関する情報 (派遣法26条7項; 施行規則24条の4), from the host."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="pay_information", verbose_name=_("トライアル就労")
    )
    number = models.PositiveSmallIntegerField(_("版"))
    kind = models.CharField(_("待遇の決め方"), max_length=9, choices=AgreementKind.choices)
    comparator = models.TextField(
        _("比較対象労働者の職務の内容、配置の変更の範囲、雇用の形態"), max_length=1000, blank=True
    )
    chosen_because = models.TextField(_("比較対象労働者を選んだ理由"), max_length=400, blank=True)
    pay = models.TextField(_("待遇の内容（昇給・賞与など。ないものは「なし」）"), max_length=2000, blank=True)
    purpose = models.TextField(_("待遇の性質と目的"), max_length=2000, blank=True)
    considered = models.TextField(_("待遇を決めるときに考慮した事項"), max_length=1000, blank=True)
    training = models.TextField(_("業務に必要な能力を付ける教育訓練"), max_length=1000, blank=True)
    facilities = models.TextField(_("給食施設・休憩室・更衣室"), max_length=1000, blank=True)
    told_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("提供した人"))
    told_at = models.DateTimeField(_("提供日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("待遇情報")
        verbose_name_plural = _("待遇情報")
        ordering = ["placement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="pay_information_number_once"),
            models.CheckConstraint(
                condition=Q(kind="agreement") & ~Q(training="") & ~Q(facilities="")
                | Q(kind="compared")
                & ~Q(comparator="")
                & ~Q(chosen_because="")
                & ~Q(pay="")
                & ~Q(purpose="")
                & ~Q(considered="")
                & ~Q(training="")
                & ~Q(facilities=""),
                name="pay_information_with_every_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} 第{self.number}版"


class SafetyKind(models.TextChoices):
    """安衛法59条1項・2項・3項: who hires teaches first, who changes the work again, and dangerous work asks for 特別教育."""

    HIRED = "hired", _("雇入れ時の教育")
    CHANGED = "changed", _("作業内容を変えたときの教育")
    SPECIAL = "special", _("特別教育")


class SafetyTeaching(models.Model):
    """Append-only: one teaching of safety and health, by the host or the agency."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="safety_teachings", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("行った側"), max_length=6, choices=Party.choices)
    kind = models.CharField(_("種類"), max_length=8, choices=SafetyKind.choices)
    held_on = models.DateField(_("行った日"))
    minutes = models.PositiveSmallIntegerField(_("時間（分）"))
    content = models.TextField(_("内容"), max_length=1000)
    teacher = models.CharField(_("教えた人（役職・氏名）"), max_length=80)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記録した人"))
    written_at = models.DateTimeField(_("記録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("安全衛生教育")
        verbose_name_plural = _("安全衛生教育")
        ordering = ["placement", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="safety_teaching_takes_time"),
            models.CheckConstraint(condition=~Q(content="") & ~Q(teacher=""), name="safety_teaching_says_what_and_who"),
            models.CheckConstraint(condition=Q(side__in=DESKS), name="safety_teaching_by_host_or_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {day_words(self.held_on)}"


class EvaluationPoint(models.TextChoices):
    MIDDLE = "middle", _("中間")
    FINAL = "final", _("最終")


class Grade(models.IntegerChoices):
    FOUR = 4, _("一人でできる")
    THREE = 3, _("少しの助けでできる")
    TWO = 2, _("助けがあればできる")
    ONE = 1, _("これから覚える")


GRADED = ("safety", "work", "understanding", "teamwork", "attitude")


class Evaluation(models.Model):
    """Append-only, the newest of a side and a point counts: how the work goes, by the worker, the host and the adviser."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="evaluations", verbose_name=_("トライアル就労")
    )
    side = models.CharField(_("評価した側"), max_length=6, choices=Party.choices)
    point = models.CharField(_("時期"), max_length=6, choices=EvaluationPoint.choices)
    number = models.PositiveSmallIntegerField(_("版"))
    safety = models.PositiveSmallIntegerField(_("安全・衛生の決まり"), choices=Grade.choices)
    work = models.PositiveSmallIntegerField(_("作業の正確さと速さ"), choices=Grade.choices)
    understanding = models.PositiveSmallIntegerField(_("図面・手順の理解"), choices=Grade.choices)
    teamwork = models.PositiveSmallIntegerField(_("報告・連絡・相談"), choices=Grade.choices)
    attitude = models.PositiveSmallIntegerField(_("時間・約束の守り方"), choices=Grade.choices)
    words = models.TextField(_("できるようになったことと、これからの課題"), max_length=1000)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("評価した人"))
    written_at = models.DateTimeField(_("評価日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("評価")
        verbose_name_plural = _("評価")
        ordering = ["placement", "point", "side", "number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "side", "point", "number"], name="evaluation_number_once"),
            models.CheckConstraint(condition=~Q(words=""), name="evaluation_says_something"),
            models.CheckConstraint(condition=Q(side__in=THREE), name="evaluation_of_a_party"),
            models.CheckConstraint(
                condition=Q(
                    safety__in=Grade.values,
                    work__in=Grade.values,
                    understanding__in=Grade.values,
                    teamwork__in=Grade.values,
                    attitude__in=Grade.values,
                ),
                name="evaluation_graded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_point_display()} {self.get_side_display()}"


class EndKind(models.TextChoices):
    DISMISSAL = "dismissal", _("解雇予告")
    NOT_RENEWED = "not_renewed", _("雇止め予告")


class EndNotice(models.Model):
    """Append-only, the newest counts: the agency, which employs, tells the worker that the employment ends (労基法20条)."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="end_notices", verbose_name=_("トライアル就労")
    )
    number = models.PositiveSmallIntegerField(_("版"))
    kind = models.CharField(_("種類"), max_length=11, choices=EndKind.choices)
    noticed_on = models.DateField(_("予告した日"))
    last_on = models.DateField(_("雇用の最後の日"))
    reason = models.TextField(_("理由"), max_length=400)
    missing_days = models.PositiveSmallIntegerField(_("予告に足りない日数"), default=0)
    pays = models.BooleanField(_("足りない日数の平均賃金を支払う"), default=False)
    because = models.CharField(_("計算"), max_length=400)
    source = models.CharField(_("根拠"), max_length=200)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記入した人"))
    written_at = models.DateTimeField(_("記入日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("雇用の終了の予告")
        verbose_name_plural = _("雇用の終了の予告")
        ordering = ["placement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="end_notice_number_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("noticed_on")), name="end_notice_before_the_end"),
            models.CheckConstraint(condition=~Q(reason=""), name="end_notice_with_reason"),
            models.CheckConstraint(
                condition=~Q(kind="dismissal") | Q(missing_days=0) | Q(pays=True), name="end_notice_in_time_or_paid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_kind_display()}"


class AccidentDetail(models.Model):
    """Append-only, the newest of a side counts: what 労働者死傷病報告 asks beside the accident; each side files its own."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="details", verbose_name=_("災害"))
    side = models.CharField(_("立場"), max_length=6, choices=Party.choices)
    number = models.PositiveSmallIntegerField(_("版"))
    insurance_number = models.CharField(_("労働保険番号"), max_length=20, blank=True)
    trade = models.CharField(_("事業の種類"), max_length=80)
    employees = models.PositiveIntegerField(_("事業場の労働者数"))
    occupation = models.CharField(_("被災者の職種"), max_length=80)
    months_of_practice = models.PositiveSmallIntegerField(_("経験の期間（か月）"))
    doing = models.CharField(_("どのような作業をしているときに"), max_length=200)
    thing = models.CharField(_("どのような物や環境に"), max_length=200)
    danger = models.CharField(_("どのような不安全・有害な状態があって"), max_length=200)
    result = models.CharField(_("どのような災害が起きたか"), max_length=200)
    written_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("記入した人"))
    written_at = models.DateTimeField(_("記入日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("死傷病報告の記載事項")
        verbose_name_plural = _("死傷病報告の記載事項")
        ordering = ["accident", "side", "number"]
        constraints = [
            models.UniqueConstraint(fields=["accident", "side", "number"], name="accident_detail_number_once"),
            models.CheckConstraint(condition=Q(side__in=DESKS), name="accident_detail_of_host_or_agency"),
            models.CheckConstraint(condition=Q(employees__gte=1), name="accident_detail_counts_the_injured"),
            models.CheckConstraint(
                condition=~Q(doing="")
                & ~Q(thing="")
                & ~Q(danger="")
                & ~Q(result="")
                & ~Q(occupation="")
                & ~Q(trade=""),
                name="accident_detail_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.accident} {self.get_side_display()} 第{self.number}版"
