"""Invoice: what a college asks of a firm for a run, frozen as 適格請求書."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue.runs import Run
from courses.models.seats.enrolments import Enrolment
from courses.shapes import InvoiceFacts, lifted_invoice
from courses.states import InvoiceState
from firms.acting import Acting
from firms.models import Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Kind


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def standing(self) -> "InvoiceQuerySet":
        return self.exclude(state=InvoiceState.CANCELLED)

    def visible_to(self, acting: Acting) -> "InvoiceQuerySet":
        """The college that asks, the managers of the firm that pays, and its advisor."""
        if acting.kind == Kind.COLLEGE:
            return self.filter(college=acting.organisation_id)
        if acting.kind == Kind.FIRM and acting.role == "manager":
            return self.filter(firm=acting.organisation_id)
        if acting.kind == Kind.OFFICE:
            return self.filter(firm__in=acting.clients_for(Scope.TRAINING_GRANTS))
        return self.none()


class Invoice(models.Model):
    """`facts`: everything the paper says — issuer with registration number, firm, lines, sums and tax by rate."""

    tone = {InvoiceState.PAID: "success", InvoiceState.CANCELLED: "error"}

    number = models.CharField(_("請求書番号"), max_length=30, unique=True)
    college = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("連携校"))
    firm = models.ForeignKey(Organisation, models.PROTECT, related_name="invoices", verbose_name=_("請求先"))
    run = models.ForeignKey(Run, models.PROTECT, related_name="invoices", verbose_name=_("開講"))
    state = models.CharField(_("状態"), max_length=10, choices=InvoiceState.choices, default=InvoiceState.ISSUED)
    facts = models.JSONField(_("記載事項"))
    total_yen = models.PositiveBigIntegerField(_("請求額（税込）"))
    issued_on = models.DateField(_("発行日"))
    due_on = models.DateField(_("支払期限"))
    paid_on = models.DateField(_("入金日"), null=True, blank=True)
    issued_by = models.ForeignKey("firms.Person", models.PROTECT, related_name="+", verbose_name=_("発行した人"))
    issued_at = models.DateTimeField(_("発行日時"), auto_now_add=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("請求書")
        verbose_name_plural = _("請求書")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="invoice_due_after_issue"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False) | (~Q(state="paid") & Q(paid_on=None)),
                name="invoice_paid_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def lifted(self) -> InvoiceFacts:
        """Its facts in today's shape."""
        return lifted_invoice(self.facts)


class InvoiceLine(models.Model):
    """One trainee on an invoice; nobody stands on two that are in force."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name=_("請求書"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="invoice_lines", verbose_name=_("受講"))
    yen = models.PositiveIntegerField(_("金額（税込）"))
    is_in_force = models.BooleanField(_("有効"), default=True)

    class Meta:
        verbose_name = _("請求書の明細")
        verbose_name_plural = _("請求書の明細")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(is_in_force=True), name="invoice_line_once_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.enrolment}"
