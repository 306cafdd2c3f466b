"""The cast every test may ask for, and their ways in."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client

from courses.models import Lesson, Run
from firms.acting import Acting
from firms.journal import listen
from firms.ledgers.append_only import held_tables
from firms.models import Establishment, Membership, Organisation, Person
from firms.queries import acting_for
from firms.verbs import VERBS
from firms.web.middleware import SECOND_FACTOR_ROLES
from tests.factories import (
    EmploymentFactory,
    EstablishmentFactory,
    LessonFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RunFactory,
    WorkingPatternFactory,
    at,
)
from tests.kept import fill, keep, kept_file

TODAY = date(2026, 11, 20)
MORNING = at(TODAY, "10:00")


def pytest_addoption(parser):
    parser.addoption(
        "--asking-a-database",
        action="store_true",
        help="leave out what asks no database and starts no process: the same on every database",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--asking-a-database"):
        kept = [item for item in items if asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = kept


def asks_a_database(item):
    """By its mark or a fixture; a process that a test starts may ask one without either."""
    fixtures = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    return (
        bool(fixtures)
        or item.get_closest_marker("django_db") is not None
        or (hasattr(item.module, "subprocess") or hasattr(item.module, "run_with_its_children"))
    )


def pytest_configure(config):
    """What is set up before or between tests, and whatever their modules reckon on import, has the suite's day too."""
    clock = time_machine.travel(MORNING, tick=True)
    clock.start()
    config.add_cleanup(clock.stop)


@pytest.fixture(autouse=True)
def clock():
    """Every test begins in the same moment and its clock goes on from there; what plays later travels from here."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def nothing_kept():
    """A database rolled back counts its changes from the same number again, which no real one does."""
    caches["pages"].clear()


@pytest.fixture(scope="session", autouse=True)
def known_verbs():
    """Whatever a test records is called something on the page."""

    def known(_subject, verb):
        assert verb in VERBS, f"{verb} has no words in any verbs.py"

    listen(known)


@pytest.fixture(scope="session")
def kept_tables(django_test_environment, django_db_blocker):
    """SQLite takes an empty database from the run before, where its migrations are the same."""
    kept = kept_file()
    if connection.vendor == "sqlite" and kept.exists():
        connection.prepare_database = lambda: fill(connection, kept)
    return kept


def prepare_as_ever():
    """Once the tables are there: a test that migrates must not lose its rows."""
    vars(connections[DEFAULT_DB_ALIAS]).pop("prepare_database", None)


@pytest.fixture(scope="session")
def django_db_setup(kept_tables, django_db_setup, django_db_blocker):
    """At the end PostgreSQL sends away whoever a browser's kept-alive request still holds, so that the database can go."""
    prepare_as_ever()
    if connection.vendor == "sqlite" and not kept_tables.exists():
        with django_db_blocker.unblock():
            keep(connection, kept_tables)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers(django_db_setup, django_db_blocker):
    """Lets transactional tests empty the append-only tables: their triggers step aside for the flush alone."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush
    steps_aside = {"sqlite": triggers_dropped, "postgresql": truncate_allowed}[connection.vendor]

    def flush_without_triggers(self, sql_list):
        with self.connection.cursor() as cursor, steps_aside(cursor):
            flush(self, sql_list)

    operations.execute_sql_flush = flush_without_triggers
    yield
    operations.execute_sql_flush = flush


@contextmanager
def triggers_dropped(cursor):
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        cursor.execute(sql)


@contextmanager
def truncate_allowed(cursor):
    tables = held_tables(connection)
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")


@dataclass(frozen=True)
class Cast:
    """One person of the cast: who they are and what they act for."""

    person: Person
    membership: Membership

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    def acting(self, today: date = TODAY) -> Acting:
        return acting_for(self.person, self.membership, on=today)

    def client(self) -> Client:
        """A browser signed in as this person, second factor set up where the role needs one."""
        needs_code = self.membership.role in SECOND_FACTOR_ROLES or self.person.is_superuser
        if needs_code and not Authenticator.objects.filter(user=self.person).exists():
            TOTP.activate(self.person, "JBSWY3DPEHPK3PXP")
        client = Client()
        client.force_login(self.person)
        return client


def cast(role: str, organisation: Organisation, name: str) -> Cast:
    person = PersonFactory(family_name=name, email=f"{role}{organisation.pk}@example.jp")
    return Cast(person, MembershipFactory(person=person, organisation=organisation, role=role))


@pytest.fixture
def establishment(db) -> Establishment:
    """The machine shop in Ota: 28 people, a small enterprise."""
    firm = OrganisationFactory(kind="firm", name="（架空）大森機械製作所")
    return EstablishmentFactory(organisation=firm)


@pytest.fixture
def pattern(establishment):
    return WorkingPatternFactory(establishment=establishment)


@pytest.fixture
def firm(establishment) -> Organisation:
    return establishment.organisation


@pytest.fixture
def manager(firm) -> Cast:
    """The firm's manager (the owner of style.md's five)."""
    return cast("manager", firm, "大森")


@pytest.fixture
def trainee(firm, establishment, pattern) -> Cast:
    """An employee of the firm."""
    member = cast("employee", firm, "矢口")
    EmploymentFactory(person=member.person, establishment=establishment, pattern=pattern)
    return member


@pytest.fixture
def ward(db) -> Organisation:
    return OrganisationFactory(kind="ward", name="（架空）東都区")


@pytest.fixture
def officer(ward) -> Cast:
    return cast("officer", ward, "区役")


@pytest.fixture
def college(db) -> Organisation:
    return OrganisationFactory(kind="college", name="（架空）東都工科カレッジ")


@pytest.fixture
def coordinator(college) -> Cast:
    return cast("coordinator", college, "学務")


@pytest.fixture
def instructor(college) -> Cast:
    """The college's instructor (the mentor of style.md's five, until mentors/ has people of its own)."""
    return cast("instructor", college, "講元")


@pytest.fixture
def office(db) -> Organisation:
    return OrganisationFactory(kind="office", name="（架空）蒲田社労士事務所")


@pytest.fixture
def advisor_without_mandate(office) -> Cast:
    return cast("advisor", office, "労務")


@pytest.fixture
def advisor(advisor_without_mandate, office, firm) -> Cast:
    """The firm's 社会保険労務士, under a mandate for training grants."""
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person)
    return advisor_without_mandate


@pytest.fixture
def stranger(db) -> Cast:
    """A manager of another firm, who must never see anything of ours."""
    return cast("manager", OrganisationFactory(kind="firm", name="（架空）無縁工業"), "無縁")


@pytest.fixture
def run(college, instructor) -> Run:
    """現場IoT: two lessons of six hours, on 3 and 10 February 2027."""
    run = RunFactory(course__college=college, course__title="現場IoT: センサで設備の稼働を見る")
    LessonFactory(run=run, number=1, day=date(2027, 2, 3), instructor=instructor.person)
    LessonFactory(run=run, number=2, day=date(2027, 2, 10), instructor=instructor.person)
    return run


@pytest.fixture
def lesson(run) -> Lesson:
    return run.lessons.first()


@pytest.fixture
def letter_box(settings, tmp_path):
    """The demo's letter box, in a folder of this test."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path}}}
