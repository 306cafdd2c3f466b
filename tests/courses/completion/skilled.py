"""Certificates, tags and bookable courses, as the tests of skills need them."""

from datetime import date

from courses.models import Certificate, CertificateRevocation, CourseSkill
from tests.factories import CourseFactory, LessonFactory, RunFactory

SENSOR, CHANGE, LEARNING = "dss-p:2.0:3.2.1", "dss-p:2.0:1.3.5", "dss-p:2.0:2.2.2"


def tag(course, *items):
    for key in items:
        CourseSkill.objects.create(course=course, item=key)


def certify(enrolment, issued_on=date(2026, 10, 1)):
    n, course = Certificate.objects.count(), enrolment.run.course
    return Certificate.objects.create(
        enrolment=enrolment,
        number=f"T-{n:04d}",
        check_code=f"check{n:08d}",
        status_index=n,
        facts={"name": enrolment.person.full_name, "course": course.title, "college": course.college.name},
        issued_on=issued_on,
        issued_by=enrolment.person,
    )


def revoke(certificate):
    CertificateRevocation.objects.create(
        certificate=certificate, reason="出席の誤り", revoked_by=certificate.enrolment.person
    )


def bookable(college, title, day, **fields):
    course = CourseFactory(college=college, title=title, **fields)
    run = RunFactory(course=course)
    LessonFactory(run=run, day=day)
    tag(course, LEARNING)
    return run
