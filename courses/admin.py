"""The admin site reads; what changes something goes through an action."""

from django.contrib import admin

from courses.models import AttendanceMark, Certificate, Course, Enrolment, Lesson, Run
from firms.admin import ReadOnlyAdmin


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["title", "college", "field", "level", "state", "listed_on"]
    list_filter = ["state", "field"]
    list_select_related = ["college"]
    search_fields = ["search_text"]


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ["code", "course", "seats", "apply_until", "state"]
    list_filter = ["state"]
    list_select_related = ["course"]
    search_fields = ["code", "course__title"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["run", "number", "topic", "starts_at", "ends_at", "instructor"]
    list_select_related = ["run__course", "instructor"]
    search_fields = ["run__code", "topic"]


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ["run", "person", "state", "applied_at"]
    list_filter = ["state"]
    list_select_related = ["run__course", "person"]
    search_fields = ["run__code", "person__family_name"]


@admin.register(AttendanceMark)
class AttendanceMarkAdmin(ReadOnlyAdmin):
    list_display = ["lesson", "enrolment", "minutes", "source", "recorded_by", "recorded_at"]
    list_select_related = ["lesson", "enrolment__person", "enrolment__run__course", "recorded_by"]
    search_fields = ["lesson__run__code", "enrolment__person__family_name"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["number", "enrolment", "issued_on", "issued_by"]
    list_select_related = ["enrolment__person", "enrolment__run__course", "issued_by"]
    search_fields = ["number", "enrolment__person__family_name"]
