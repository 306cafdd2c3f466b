"""The plainest valid row of each model; tests change only what they are about."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory
from stdnum.jp import cn

from courses.models import Course, Enrolment, Lesson, LessonBreak, Question, Run, Unit
from courses.states import CourseState, EnrolmentState, RunState
from firms.models import (
    Employment,
    Establishment,
    Mandate,
    Membership,
    Organisation,
    Person,
    WorkingHours,
    WorkingPattern,
)
from firms.states import MandateState

TOKYO = ZoneInfo("Asia/Tokyo")


def corporate_number(n: int) -> str:
    base = f"{n:012d}"
    return cn.calc_check_digit(base) + base


def at(day: date, clock: str) -> datetime:
    """`at(date(2027, 2, 1), "10:00")`: a moment in Tokyo."""
    return datetime.combine(day, time.fromisoformat(clock), TOKYO)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"person{n}@example.jp")
    family_name = factory.Sequence(lambda n: f"架空{n}")
    given_name = "太郎"
    family_kana = factory.Sequence(lambda n: f"カクウ{n:06d}")
    given_kana = "タロウ"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = "firm"
    name = factory.Sequence(lambda n: f"（架空）第{n}製作所")
    name_kana = factory.Sequence(lambda n: f"ダイ{n:05d}セイサクショ")
    corporate_number = factory.Sequence(lambda n: corporate_number(700000000000 + n))
    postal_code = "144-0000"
    address = "東京都大田区架空一丁目1番1号"
    phone = "03-0000-0001"
    representative_title = "代表取締役"
    representative_name = "架空 一郎"
    industry = "manufacturing"
    main_business = "金属部品の切削加工"
    capital_yen = 10_000_000
    regular_employees = 28
    is_fictional = True


class EstablishmentFactory(DjangoModelFactory):
    class Meta:
        model = Establishment

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.LazyAttribute(lambda o: f"{o.organisation.name} 本社工場")
    insurance_number = factory.Sequence(lambda n: f"1301-{n:06d}-1")
    postal_code = "144-0000"
    address = "東京都大田区架空一丁目1番1号"
    phone = "03-0000-0001"


class WorkingPatternFactory(DjangoModelFactory):
    """Weekdays 8:30–17:30 with a break 12:00–13:00."""

    class Meta:
        model = WorkingPattern
        skip_postgeneration_save = True

    establishment = factory.SubFactory(EstablishmentFactory)
    name = "日勤"

    @factory.post_generation
    def hours(self, create, extracted, **kwargs):
        for weekday in range(5):
            WorkingHours.objects.create(
                pattern=self,
                weekday=weekday,
                starts_at=time(8, 30),
                ends_at=time(17, 30),
                break_starts_at=time(12, 0),
                break_ends_at=time(13, 0),
            )


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "manager"
    started_on = date(2020, 4, 1)


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    establishment = factory.SubFactory(EstablishmentFactory)
    insured_number = factory.Sequence(lambda n: f"5001-{n:06d}-2")
    contract = "regular"
    job_title = "旋盤加工"
    pattern = factory.SubFactory(WorkingPatternFactory, establishment=factory.SelfAttribute("..establishment"))
    started_on = date(2022, 4, 1)


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    office = factory.SubFactory(OrganisationFactory, kind="office")
    firm = factory.SubFactory(OrganisationFactory)
    advisor = factory.SubFactory(PersonFactory)
    capacity = "filing"
    scopes = factory.LazyFunction(lambda: ["training_grants"])
    starts_on = date(2025, 4, 1)
    state = MandateState.ACTIVE
    terms = "委任の文面"
    asked_by = factory.SelfAttribute("advisor")
    asked_for = factory.SelfAttribute("office")
    accepted_by = factory.SelfAttribute("advisor")
    accepted_at = datetime(2025, 4, 1, tzinfo=TOKYO)


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    college = factory.SubFactory(OrganisationFactory, kind="college")
    title = factory.Sequence(lambda n: f"現場IoT {n:05d}")
    field = "dx"
    summary = "センサで設備の稼働を見る"
    hours = "12.0"
    fee_yen = 22_000
    seats = 12
    state = CourseState.LISTED
    listed_on = date(2026, 4, 1)


class RunFactory(DjangoModelFactory):
    class Meta:
        model = Run

    course = factory.SubFactory(CourseFactory)
    code = factory.Sequence(lambda n: f"R{n:05d}")
    seats = 12
    fee_yen = 22_000
    venue = "（架空）工科カレッジ 実習室"
    venue_address = "東京都大田区架空二丁目2番2号"
    apply_until = date(2027, 1, 31)
    state = RunState.OPEN


class LessonFactory(DjangoModelFactory):
    """10:00–17:00 with a meal 12:00–13:00: 360 minutes."""

    class Meta:
        model = Lesson
        skip_postgeneration_save = True

    class Params:
        day = date(2027, 2, 3)

    run = factory.SubFactory(RunFactory)
    number = 1
    topic = "センサの選び方と取付け"
    starts_at = factory.LazyAttribute(lambda o: at(o.day, "10:00"))
    ends_at = factory.LazyAttribute(lambda o: at(o.day, "17:00"))
    room = "実習室A"

    @factory.post_generation
    def meal(self, create, extracted, **kwargs):
        noon = self.starts_at.astimezone(TOKYO).replace(hour=12, minute=0)
        if extracted is not False:
            LessonBreak.objects.create(lesson=self, starts_at=noon, ends_at=noon + timedelta(hours=1), is_meal=True)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    run = factory.SubFactory(RunFactory)
    employment = factory.SubFactory(EmploymentFactory)
    person = factory.SelfAttribute("employment.person")
    state = EnrolmentState.ACCEPTED
    applied_by = factory.SelfAttribute("person")


class UnitFactory(DjangoModelFactory):
    """Ten minutes of reading; the traits are the other kinds."""

    class Meta:
        model = Unit

    class Params:
        video = factory.Trait(kind="video", video_url="https://video.example.jp/iot.mp4", duration_seconds=60)
        quiz = factory.Trait(kind="quiz")

    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = "text"
    title = factory.Sequence(lambda n: f"センサの選び方 {n}")
    standard_minutes = 10
    published_at = datetime(2026, 4, 1, tzinfo=TOKYO)
    body = "センサは測るものに合わせて選びます。"


class QuestionFactory(DjangoModelFactory):
    """One right choice, the first."""

    class Meta:
        model = Question

    unit = factory.SubFactory(UnitFactory, quiz=True)
    text = factory.Sequence(lambda n: f"設備の温度を測るセンサはどれですか。（{n}）")
    choices = factory.LazyFunction(
        lambda: [
            {"text": "熱電対", "is_right": True, "feedback": "そのとおりです。"},
            {"text": "近接センサ", "is_right": False, "feedback": "近接センサは物の有無を見ます。"},
        ]
    )
    explanation = "熱電対は温度の差で生じる電圧を測ります。"
