"""Courses, their runs and lessons, who is enrolled, the minutes they attended or learned, and what they gained."""

from courses.models.attendance.attendance import (
    AttendanceImport,
    AttendanceMark,
    CheckIn,
    CheckInDesk,
    MarkConfirmation,
    PaceWarning,
)
from courses.models.billing.invoices import Invoice, InvoiceLine
from courses.models.catalogue.changes import ChangeCount
from courses.models.catalogue.courses import Course
from courses.models.catalogue.proposals import CourseRevision
from courses.models.catalogue.runs import Lesson, LessonBreak, LotteryDraw, Run, RunFeed, SeatQuota
from courses.models.completion.certificates import (
    Certificate,
    CertificateRevocation,
    InstructorWord,
    SigningKey,
    SurveyAnswer,
)
from courses.models.completion.skills import CourseSkill, EarnedSkill, SkillTarget
from courses.models.elearning.learning import LearningEvent, Question, SandboxEvent, Unit
from courses.models.seats.enrolments import Enrolment
from courses.models.seats.messages import RunMessage

__all__ = [
    "AttendanceImport",
    "AttendanceMark",
    "Certificate",
    "CertificateRevocation",
    "ChangeCount",
    "CheckIn",
    "CheckInDesk",
    "Course",
    "CourseRevision",
    "CourseSkill",
    "EarnedSkill",
    "Enrolment",
    "InstructorWord",
    "Invoice",
    "InvoiceLine",
    "LearningEvent",
    "Lesson",
    "LessonBreak",
    "LotteryDraw",
    "MarkConfirmation",
    "PaceWarning",
    "Question",
    "Run",
    "RunFeed",
    "RunMessage",
    "SandboxEvent",
    "SeatQuota",
    "SigningKey",
    "SkillTarget",
    "SurveyAnswer",
    "Unit",
]
