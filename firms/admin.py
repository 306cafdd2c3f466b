"""The admin site reads; what changes something goes through an action."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from firms.models import (
    Employment,
    Establishment,
    Evidence,
    Invitation,
    Job,
    JournalEntry,
    Mandate,
    Membership,
    Organisation,
    Person,
)

# The admin site's own login knows no second factor, so its door leads through ours.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ReadOnlyAdmin(admin.ModelAdmin):
    """Looks, and touches nothing."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """The one thing to change here: whether somebody may sign in or run the site."""

    list_display = ["email", "family_name", "given_name", "is_active", "is_staff"]
    search_fields = ["email", "family_name", "given_name", "family_kana"]
    fields = ["email", "family_name", "given_name", "is_active", "is_staff", "is_superuser", "last_login"]
    readonly_fields = ["email", "family_name", "given_name", "last_login"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "corporate_number"]
    list_filter = ["kind"]
    search_fields = ["name", "name_kana", "corporate_number"]


@admin.register(Establishment)
class EstablishmentAdmin(ReadOnlyAdmin):
    list_display = ["name", "organisation", "insurance_number"]
    list_select_related = ["organisation"]
    search_fields = ["name", "insurance_number"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["person", "organisation", "role", "started_on", "ended_on"]
    list_filter = ["role"]
    list_select_related = ["person", "organisation"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "organisation", "role", "state", "expires_at"]
    list_select_related = ["organisation"]
    exclude = ["token_hash"]


@admin.register(Employment)
class EmploymentAdmin(ReadOnlyAdmin):
    list_display = ["person", "establishment", "contract", "started_on", "ended_on"]
    list_select_related = ["person", "establishment"]


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ["firm", "office", "capacity", "state", "starts_on", "ends_on"]
    list_filter = ["state"]
    list_select_related = ["firm", "office"]


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["name", "owner", "kind", "state", "uploaded_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["pk", "kind", "state", "attempts", "due_at", "finished_at"]
    list_filter = ["state", "kind"]


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "person", "organisation", "verb", "subject_label"]
    list_select_related = ["person", "organisation"]
    date_hierarchy = "at"
