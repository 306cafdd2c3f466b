"""What a plan and a claim freeze, each part under the name its papers read, for years after."""

from datetime import date

from firms.models import Employment
from grants.facts import gather_claim, gather_plan
from grants.facts.plan import answers
from tests.factories import MandateFactory
from tests.grants.conftest import CLAIM_DAY, fresh

TODAY = date(2026, 11, 20)
NAMES = {
    "firm": "name kana corporate_number postal_code address phone representative_title representative_name industry "
    "main_business capital_yen regular_employees sme",
    "establishment": "name insurance_number postal_code address phone prefecture",
    "contact": "name department phone email",
    "agent": "office postal_code address phone advisor licence_number capacity capacity_label",
    "plan_window": "first last_nominal last because source",
    "claim_window": "first last_nominal last because source",
}
PARTS = (
    "notice lecturers confirmation channel shape conversion_plan frozen_on form_edition scheme course training "
    "reskilling_plan workers answers"
)
STATED = "directors account houses price standing channel "
CLAIM = (
    STATED
    + "shape outside as_of plan_number plan filed_on receipt_number training grant workers costs answers evidence claim_window"
)
ROW = (
    "id number on topic starts_at ends_at excluded_minutes planned_minutes came_at left_at attended_minutes wage_minutes "
    "lecturer source mark_id away"
)
WORKER = {"key", "name", "kana", "insured_number", "contract", "contract_label", "employment", "hired_on", "job_title"}


def test_plan_has_all_its_parts(stated):
    facts = gather_plan(stated, on=TODAY)

    assert set(facts) == set(PARTS.split()) | set(NAMES)
    assert {part: set(facts[part]) for part in NAMES} == {part: set(names.split()) for part, names in NAMES.items()}
    assert (facts["frozen_on"], facts["form_edition"]) == ("2026-11-20", "R8.4")
    assert facts["scheme"] == {
        "code": "reskilling",
        "menu": "reskilling",
        "label": "事業展開等リスキリング支援コース",
        "grant": "人材開発支援助成金",
    }


def test_plan_names_course_and_college(stated, run):
    college = run.course.college

    assert gather_plan(stated, on=TODAY)["course"] == {
        "title": "現場IoT: センサで設備の稼働を見る",
        "college": college.name,
        "college_representative": college.representative,
        "college_address": college.address,
        "college_phone": college.phone,
        "method": "class",
        "method_label": "通学制",
        "provider_page": run.course.provider_page,
        "venue": run.venue,
        "venue_address": run.venue_address,
        "fee_yen": 22_000,
        "run_code": run.code,
        "syllabus": run.course.syllabus,
    }


def test_plan_holds_each_lesson_to_the_minute(stated, run):
    run.lessons.update(instructor=None)
    first = run.lessons.first()

    training = gather_plan(stated, on=TODAY)["training"]

    assert (training["starts_on"], training["ends_on"]) == ("2027-02-03", "2027-02-10")
    assert (training["total_minutes"], training["planned_minutes"]) == (720, 720)
    assert training["lessons"][0] == {
        "id": first.pk,
        "number": 1,
        "topic": first.topic,
        "on": "2027-02-03",
        "starts_at": "10:00",
        "ends_at": "17:00",
        "breaks": [{"starts_at": "12:00", "ends_at": "13:00", "is_meal": True}],
        "minutes": 360,
        "counted_minutes": 360,
        "instructor": "",
        "room": first.room,
    }


def test_plan_says_what_the_firm_stated(stated):
    facts = gather_plan(stated, on=TODAY)

    assert facts["reskilling_plan"] == {
        "purpose": "dx",
        "purpose_label": "デジタル・デジタルトランスフォーメーション（DX）化",
        "from_on": "2027-02-01",
        "to_on": None,
        "business": "",
        "change": "切削機にセンサをつけて稼働を見る",
        "task_link": "旋盤の段取りに使う",
    }
    said = facts["answers"]["no_rebate"]
    assert {name: said[name] for name in ("label", "value", "note", "answered_by", "answered_on")} == {
        "label": "連携校や紹介者から返金・協力金・割引などを受けない",
        "value": "yes",
        "note": "",
        "answered_by": "大森 太郎",
        "answered_on": "2026-11-20",
    }
    assert said["answered_at"].startswith("2026-11-20T10:00:0")


def test_answer_to_a_question_nobody_asks_any_more_keeps_its_code(stated):
    newest = stated.answers.first()

    assert answers({"gone": newest})["gone"]["label"] == "gone"


def test_plan_names_each_worker_with_their_terms(stated, enrolled):
    one = gather_plan(stated, on=TODAY)["workers"][0]
    employment = enrolled[0].employment

    assert one == {
        "key": str(enrolled[0].pk),
        "name": enrolled[0].person.full_name,
        "kana": enrolled[0].person.full_kana,
        "insured_number": employment.insured_number,
        "contract": "regular",
        "contract_label": "正規雇用",
        "employment": "regular",
        "hired_on": "2022-04-01",
        "job_title": "旋盤加工",
    }


def test_mandate_of_another_firm_is_no_agent(stated):
    before = gather_plan(stated, on=TODAY)["agent"]
    MandateFactory()

    assert gather_plan(stated, on=TODAY)["agent"] == before


def test_case_without_a_contact_names_none(stated):
    stated.contact = None

    assert gather_plan(stated, on=TODAY)["contact"] is None


def test_claim_has_all_its_parts(paid):
    facts = gather_claim(paid, CLAIM_DAY)
    trained = facts["workers"][0]

    parties = {"firm", "establishment", "contact", "agent"}
    assert set(facts) == set(CLAIM.split()) | parties
    assert set(facts["training"]) == {
        *("starts_on", "ends_on", "total_minutes", "planned_minutes", "first_attended_on", "recorded_at"),
        *("units", "standard_hours"),
    }
    assert set(trained) == WORKER | {
        *("lessons", "planned_minutes", "attended_minutes", "wage_minutes", "excused_minutes", "percent", "passes"),
        *("not_employed_on", "no_hours_on", "learned_on_leave"),
        *("completed", "completed_on", "certificate", "log", "outside_hours"),
    }
    assert set(trained["lessons"][0]) == set(ROW.split())
    assert {name for row in facts["evidence"] for name in row} <= {"kind", "name", "sha256"}
    assert facts["costs"] == [
        {"amount_yen": 66_000, "paid_on": "2027-01-29", "payer": "firm", "payer_label": "申請事業主", "evidence": ""}
    ]


def test_worker_counts_as_the_plan_has_them(attended, enrolled):
    Employment.objects.filter(pk=enrolled[0].employment_id).update(contract="fixed_term")

    one = gather_claim(fresh(attended), CLAIM_DAY)["workers"][0]

    assert (one["contract"], one["contract_label"], one["employment"]) == ("regular", "正規雇用", "regular")
