"""Reading cases in the admin; every change goes through an action."""

from django.contrib import admin
from django.http import HttpRequest

from grants.models import Claim, Deadline, GrantCase, PlanVersion


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(GrantCase)
class CaseAdmin(ReadOnly):
    list_display = ["number", "establishment", "run", "state", "opened_at"]
    list_filter = ["state", "scheme"]
    list_select_related = ["establishment", "run__course", "conversion__person", "subscription"]


@admin.register(PlanVersion)
class PlanAdmin(ReadOnly):
    list_display = ["case", "number", "frozen_by", "frozen_at"]
    list_select_related = [
        "case__establishment__organisation",
        "case__run__course",
        "case__conversion__person",
        "case__subscription",
        "frozen_by",
    ]


@admin.register(Claim)
class ClaimAdmin(ReadOnly):
    list_display = ["case", "number", "total_yen", "frozen_by", "frozen_at"]
    list_select_related = [
        "case__establishment__organisation",
        "case__run__course",
        "case__conversion__person",
        "case__subscription",
        "frozen_by",
    ]


@admin.register(Deadline)
class DeadlineAdmin(ReadOnly):
    list_display = ["case", "code", "last_on", "state"]
    list_filter = ["code", "state"]
    list_select_related = [
        "case__establishment__organisation",
        "case__run__course",
        "case__conversion__person",
        "case__subscription",
    ]
