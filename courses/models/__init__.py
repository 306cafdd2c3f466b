"""Courses, their runs and lessons, who is enrolled, the minutes they attended or learned, and what they gained."""

from courses.models.attendance import (
    AttendanceImport,
    AttendanceMark,
    CheckIn,
    CheckInDesk,
    MarkConfirmation,
    PaceWarning,
)
from courses.models.catalogue import Course
from courses.models.certificates import (
    Certificate,
    CertificateRevocation,
    InstructorWord,
    SigningKey,
    SurveyAnswer,
)
from courses.models.changes import ChangeCount
from courses.models.enrolments import Enrolment
from courses.models.invoices import Invoice, InvoiceLine
from courses.models.learning import LearningEvent, Question, SandboxEvent, Unit
from courses.models.proposals import CourseRevision
from courses.models.runs import Lesson, LessonBreak, LotteryDraw, Run, RunFeed, SeatQuota
from courses.models.skills import CourseSkill, EarnedSkill, SkillTarget

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
    "SandboxEvent",
    "SeatQuota",
    "SigningKey",
    "SkillTarget",
    "SurveyAnswer",
    "Unit",
]
