"""One home per role: which template, and what it is given."""

from collections.abc import Callable

from firms.acting import Acting
from firms.models.organisations import Kind, Role
from lms.homes import agency, college, employee, manager, nobody, office, ward

Gather = Callable[[Acting], dict[str, object]]

HOMES: dict[tuple[str, str], tuple[str, Gather]] = {
    (Kind.FIRM, Role.MANAGER): ("lms/home/manager.html", manager.gather),
    (Kind.FIRM, Role.EMPLOYEE): ("lms/home/employee.html", employee.gather),
    (Kind.COLLEGE, Role.COORDINATOR): ("lms/home/coordinator.html", college.gather_coordinator),
    (Kind.COLLEGE, Role.INSTRUCTOR): ("lms/home/instructor.html", college.gather_instructor),
    (Kind.OFFICE, Role.ADVISOR): ("lms/home/office.html", office.gather),
    (Kind.OFFICE, Role.CLERK): ("lms/home/office.html", office.gather),
    (Kind.AGENCY, Role.COORDINATOR): ("lms/home/agency.html", agency.gather),
    (Kind.AGENCY, Role.CAREER): ("lms/home/agency.html", agency.gather),
    (Kind.WARD, Role.OFFICER): ("lms/home/ward.html", ward.gather),
    ("", ""): ("lms/home/nobody.html", nobody.gather),
}


def home_of(acting: Acting) -> tuple[str, Gather]:
    return HOMES.get((acting.kind, acting.role), ("lms/home/nobody.html", nobody.gather))
