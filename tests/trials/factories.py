"""The plainest valid rows of trials/."""

from dataclasses import asdict
from datetime import date, datetime, time

import factory
from factory.django import DjangoModelFactory

from firms.files import store as files
from tests.factories import TOKYO, EmploymentFactory, EstablishmentFactory, OrganisationFactory, PersonFactory
from trials.models import (
    Deputy,
    DirectTrial,
    Intake,
    JobSeeker,
    Licence,
    Placement,
    Posting,
    Proposal,
    Round,
    Sight,
    Visit,
    VisitRequest,
)
from trials.rules import definition_on, programme

OPENED = date(2026, 4, 1)
TOLD = {
    "title": "旋盤の補助",
    "work": "旋盤への材料の取付けと検査",
    "work_range": "機械加工と検査の範囲",
    "place": "本社工場",
    "place_range": "本社工場のみ",
    "term": "2か月",
    "renewal": "更新あり（通算2か月まで、勤務の状況による）",
    "hours": "8:30–17:30",
    "breaks": "12:00–13:00",
    "days_off": "土日・祝日",
    "overtime": "なし",
    "probation": "なし",
    "insurance": "雇用・労災・健康・厚生年金",
    "smoking": "屋内禁煙",
    "planned_work": "旋盤の段取りと加工",
    "planned_pay": "月給240,000円",
    "hourly_yen": 1_400,
    "weekly_hours": 40,
}


def frozen(name):
    found = asdict(programme(name, OPENED))
    return {**found, "verified_until": found["verified_until"].isoformat()}


class RoundFactory(DjangoModelFactory):
    """The ward's own 紹介予定派遣 scheme."""

    class Meta:
        model = Round

    ward = factory.SubFactory(OrganisationFactory, kind="ward")
    programme = "ward"
    title = "区のトライアル就労事業"
    budget_year = 2026
    places = 20
    opens_on = OPENED
    closes_on = date(2027, 3, 31)
    terms = factory.LazyAttribute(lambda o: frozen(o.programme))
    definition = factory.LazyAttribute(lambda o: asdict(definition_on(o.programme, OPENED)))
    opened_by = factory.SubFactory(PersonFactory)


class LicenceFactory(DjangoModelFactory):
    class Meta:
        model = Licence

    agency = factory.SubFactory(OrganisationFactory, kind="agency")
    kind = "dispatch"
    number = "派13-300001"
    valid_from = date(2024, 4, 1)
    valid_until = date(2029, 3, 31)


class PostingFactory(DjangoModelFactory):
    """Open, with every item the law asks for."""

    class Meta:
        model = Posting

    establishment = factory.SubFactory(EstablishmentFactory)
    field = "machining"
    state = "open"
    opened_on = OPENED
    wage_is_checked = True
    title = TOLD["title"]

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return super()._create(model_class, *args, **{**TOLD, **kwargs})


class JobSeekerFactory(DjangoModelFactory):
    """Joined."""

    class Meta:
        model = JobSeeker

    round = factory.SubFactory(RoundFactory)
    agency = factory.SubFactory(OrganisationFactory, kind="agency")
    adviser = factory.SubFactory(PersonFactory)
    person = factory.SubFactory(PersonFactory)
    family_name = "求職"
    given_name = "一"
    email = factory.Sequence(lambda n: f"seeker{n}@example.jp")
    born_on = date(1998, 5, 1)
    standing = "not_regular"
    joined_at = datetime(2026, 10, 1, tzinfo=TOKYO)


class DeputyFactory(DjangoModelFactory):
    class Meta:
        model = Deputy

    agency = factory.SubFactory(OrganisationFactory, kind="agency")
    adviser = factory.SubFactory(PersonFactory)
    deputy = factory.SubFactory(PersonFactory)
    starts_on = date(2026, 11, 20)
    last_on = date(2026, 11, 30)


class IntakeFactory(DjangoModelFactory):
    class Meta:
        model = Intake

    round = factory.SubFactory(RoundFactory)
    agency = factory.SubFactory(OrganisationFactory, kind="agency")
    contact = factory.SubFactory(PersonFactory)


class DirectTrialFactory(DjangoModelFactory):
    """Hired on 2026-11-02; the plan not filed yet."""

    class Meta:
        model = DirectTrial

    employment = factory.SubFactory(
        EmploymentFactory,
        contract="fixed_term",
        started_on=date(2026, 11, 2),
        pattern=factory.LazyAttribute(lambda o: o.establishment.working_patterns.first()),
    )
    office = "ハローワーク大森"
    referred_on = date(2026, 10, 26)
    weekly_hours = 40
    hired_on = date(2026, 11, 2)
    last_on = date(2027, 2, 1)
    terms = factory.LazyFunction(lambda: frozen("national"))
    plan_until = date(2026, 11, 16)


class SightFactory(DjangoModelFactory):
    """A picture."""

    class Meta:
        model = Sight

    posting = factory.SubFactory(PostingFactory)
    kind = "picture"
    words = "旋盤の前に立つ社員"
    file = factory.LazyFunction(lambda: files.store(b"\xff\xd8picture", media_type="image/jpeg"))


class VisitFactory(DjangoModelFactory):
    """An open tour."""

    class Meta:
        model = Visit

    establishment = factory.SubFactory(EstablishmentFactory)
    kind = "tour"
    theme = "1ミクロンを測る"
    words = "三次元測定機"
    day = date(2027, 1, 20)
    starts_at = time(13)
    ends_at = time(15)
    places = 10
    state = "open"


class VisitRequestFactory(DjangoModelFactory):
    class Meta:
        model = VisitRequest

    visit = factory.SubFactory(VisitFactory)
    asker = factory.SubFactory(OrganisationFactory, kind="college")
    asked_by = factory.SubFactory(PersonFactory)
    people = 6
    answer_by = date(2026, 11, 30)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    seeker = factory.SubFactory(JobSeekerFactory)
    person = factory.SelfAttribute("seeker.person")


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    placement = factory.SubFactory(PlacementFactory)
    posting = factory.SubFactory(PostingFactory)
    answer_by = date(2026, 11, 27)
