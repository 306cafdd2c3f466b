"""The pages of a trial: who gets them, what stands on them, their buttons, and the same number of queries for one row and three."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    EnrolmentFactory,
    EstablishmentFactory,
    MembershipFactory,
    PersonFactory,
    RunFactory,
    UnitFactory,
    at,
)
from tests.trials.factories import (
    LicenceFactory,
    PostingFactory,
    RoundFactory,
)
from tests.trials.playing import LAST, PAY, Trial, joined
from trials.models import Intent, JobSeeker, Licence, Placement, Posting, Round
from trials.queries.steps import FOLLOWING
from trials.states import EVENTS, Party, PlacementState
from trials.views.steps import STEPS

pytestmark = pytest.mark.django_db


def text_of(cast, name, *args):
    answer = cast.client().get(reverse(f"trials:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


# --- the table and its pages ---


def test_every_event_somebody_takes_by_hand_has_a_page():
    by_hand = {event.code for event in EVENTS if event.by != (Party.SYSTEM,) and event.code not in FOLLOWING}

    assert set(STEPS) == by_hand


@pytest.mark.parametrize(
    ("played", "by_worker", "by_host", "by_agency"),
    [
        ("prepared", ["withdraw"], None, ["propose", "withdraw"]),
        ("matching", ["agree", "decline"], ["agree", "decline"], ["view"]),
        ("terms_pending", ["call_off"], ["notify", "call_off"], ["call_off"]),
        ("drafted", ["call_off"], ["call_off"], ["draft", "call_off"]),
        ("contracted", ["cancel"], ["cancel"], ["cancel"]),
        ("ready", ["cancel"], ["cancel"], ["cancel"]),
        ("active", ["end"], ["end"], ["suspend", "extend", "end"]),
        ("intent_open", ["answer", "end"], ["answer", "end"], ["end"]),
        ("answered", ["worker_back_out", "end"], ["host_back_out", "offer", "end"], ["fall_through", "end"]),
        ("offered", ["accept", "refuse_offer"], ["host_back_out"], ["fall_through"]),
        ("terminated", [], [], ["rematch", "close"]),
        ("retention_6", [], [], ["left"]),
    ],
)
def test_each_side_finds_the_buttons_of_the_table(trial, played, by_worker, by_host, by_agency):
    getattr(trial, played)()

    def buttons(cast):
        """What the page offers; each button opens its page."""
        client = cast.client()
        answer = client.get(reverse("trials:placement", args=[trial.placement.pk]))
        if answer.status_code != 200:
            return None
        codes = [event.code for event in answer.context["events"]]
        opened = [client.get(reverse("trials:step", args=[trial.placement.pk, code])).status_code for code in codes]
        assert opened == [200] * len(codes)
        return codes

    assert [buttons(one) for one in (trial.trialist, trial.manager, trial.adviser)] == [by_worker, by_host, by_agency]


def post(cast, placement, code, **given):
    return cast.client().post(reverse("trials:step", args=[placement.pk, code]), given, follow=True)


def test_trial_is_played_through_its_pages_to_the_signatures(trial):
    placement = trial.placement
    post(trial.adviser, placement, "prepare", preparation="安全の基礎")
    post(trial.adviser, placement, "propose", posting=trial.posting.pk)
    post(trial.trialist, placement, "agree")
    post(trial.manager, placement, "agree")
    post(trial.manager, placement, "notify", bar_on="2028-04-01", **PAY)
    drafted = {"starts_on": "2026-12-01", "last_on": "2027-01-31", "hourly_yen": "1,400"}
    post(trial.adviser, placement, "draft", **drafted)

    page = text_of(trial.trialist, "placement", placement.pk)
    assert "「労働条件通知書 兼 就業条件明示書」を読んで署名する" in page
    assert "「労働者派遣個別契約書」を読んで署名する" in text_of(trial.manager, "placement", placement.pk)
    assert trial.state == PlacementState.TERMS_PENDING


def test_refusal_of_the_rules_stands_at_its_field(trial):
    trial.drafted()
    given = {"starts_on": "2026-12-01", "last_on": "2026-12-30", "hourly_yen": "1400"}

    page = post(trial.adviser, trial.placement, "draft", **given)

    assert "30日以内のため日雇派遣に当たり" in str(page.context["form"].errors["last_on"])


def test_intent_of_one_side_stands_on_no_page_of_another(trial):
    trial.intent_open()
    with time_machine.travel(at(date(2027, 1, 12), "10:00"), tick=True):
        post(trial.manager, trial.placement, "answer", wish="no", reason="図面を読む経験が足りない")
        pages = [text_of(one, "placement", trial.placement.pk) for one in (trial.trialist, trial.adviser)]
        boards = [text_of(trial.adviser, "placements"), text_of(trial.trialist, "mine")]
        own = text_of(trial.manager, "placement", trial.placement.pk)

    assert Intent.objects.count() == 1
    assert "図面を読む経験が足りない" in own
    for page in (*pages, *boards):
        assert "図面を読む" not in page
        assert "希望しない</dd>" not in page


def test_host_reads_no_name_before_the_contract_of_an_ordinary_dispatch(trial):
    terms = RoundFactory(programme="monozukuri", budget_year=2025).terms
    Round.objects.filter(pk=trial.placement.seeker.round_id).update(terms=terms)
    trial.drafted()

    pages = [text_of(trial.manager, "placements"), text_of(trial.manager, "placement", trial.placement.pk)]
    assert [("志望" in page, f"候補者 {trial.placement.pk}" in page) for page in pages] == [(False, True)] * 2
    trial.sign("host", "agency")
    assert "志望" in text_of(trial.manager, "placement", trial.placement.pk)


def test_ward_reads_numbers_and_no_name(trial, officer):
    page = text_of(officer, "round", trial.placement.seeker.round_id)

    assert "少数のため非表示" in page
    assert "志望" not in page


def test_event_that_is_not_one_s_own_has_no_page(trial):
    trial.matching()
    asked = {
        "worker": trial.trialist.client().get(reverse("trials:step", args=[trial.placement.pk, "view"])),
        "host": trial.manager.client().get(reverse("trials:step", args=[trial.placement.pk, "propose"])),
        "unheard": trial.adviser.client().get(reverse("trials:step", args=[trial.placement.pk, "unheard"])),
        "late": trial.adviser.client().get(reverse("trials:step", args=[trial.placement.pk, "prepare"])),
    }

    assert {name: one.status_code for name, one in asked.items()} == {
        "worker": 403,
        "host": 403,
        "unheard": 404,
        "late": 302,
    }


def test_consents_are_taken_back_and_given_again_on_one_s_own_page(trial):
    client = trial.trialist.client()
    consent = trial.placement.seeker.consents.get(recipient="host")

    client.post(reverse("trials:consent_withdraw", args=[consent.pk]))
    assert "同意していません" in text_of(trial.trialist, "mine")
    client.post(
        reverse("trials:consent_give", args=[consent.seeker_id, "host_matching"]), {"seen": consent.version.isoformat()}
    )

    assert consent.seeker.consents.in_force().filter(recipient="host").count() == 1


def test_desk_of_the_agency_invites_and_knows_past_jobs(round, adviser):
    colleague = MembershipFactory(organisation=adviser.organisation, role="career").person
    client = adviser.client()
    typed = {
        "round": round.pk,
        "family_name": "志望",
        "given_name": "歩",
        "email": "new@example.jp",
        "born_on": "1998-05-01",
        "standing": "not_working",
    }
    client.post(reverse("trials:seeker_new"), typed)
    seeker = JobSeeker.objects.get()
    past = {"employer": "（架空）旧社", "started_on": "2020-04-01", "left_on": "2026-03-31"}
    client.post(reverse("trials:past_job_new", args=[seeker.pk]), past)
    client.post(reverse("trials:seeker_again", args=[seeker.pk]))
    client.post(reverse("trials:seeker_hand_over", args=[seeker.pk]), {"adviser": colleague.pk, "reason": "異動"})

    page = text_of(adviser, "seeker", seeker.pk)
    assert "本人がメールのリンクから同意するのを待っています" in page
    assert "（架空）旧社" in page
    assert f"{adviser.person.full_name} → {colleague.full_name}" in page


def test_ward_opens_a_round_and_registers_a_licence(officer, agency):
    client = officer.client()
    days = {"opens_on": "2026-11-20", "closes_on": "2027-03-31"}
    client.post(reverse("trials:round_new"), {"programme_name": "ward", "budget_year": 2026, "places": 5, **days})
    licence = {"agency": agency.pk, "kind": "dispatch", "number": "派13-9", "valid_from": "2026-11-20"}
    client.post(reverse("trials:licence_new"), {**licence, "valid_until": "2031-11-19"})

    assert Round.objects.get().places == 5
    assert Licence.objects.filter(number="派13-9").exists()


def test_firm_writes_opens_and_closes_a_posting(manager, establishment):
    client = manager.client()
    client.post(
        reverse("trials:posting_new"), {"establishment": establishment.pk, "title": "組立", "field": "assembly"}
    )
    posting = Posting.objects.get()
    opened = client.post(reverse("trials:posting_open", args=[posting.pk]), follow=True)
    assert "次の項目がまだありません" in opened.content.decode()

    client.post(
        reverse("trials:posting_edit", args=[posting.pk]),
        {"establishment": establishment.pk, "title": "組立と検査", "field": "assembly"},
    )
    client.post(reverse("trials:posting_close", args=[posting.pk]))
    posting.refresh_from_db()
    assert (posting.title, posting.state) == ("組立と検査", "closed")


def test_form_says_what_is_needed_before_a_posting_is_published(manager, establishment):
    """What the form calls needed is what opening refuses, item by item."""
    client = manager.client()
    page = client.get(reverse("trials:posting_new"))
    form = page.context["form"]
    said = {name: words_beside(form[name]) for name in form.fields}
    client.post(
        reverse("trials:posting_new"), {"establishment": establishment.pk, "title": "組立", "field": "assembly"}
    )
    posting = Posting.objects.get()

    needed = [str(form[name].label) for name in form.fields if said[name] == "公開に必要"]
    assert set(needed) == set(posting.missing)
    assert {name for name, words in said.items() if words == "任意"} == {
        "equipment",
        "wage_is_checked",
        "wanted_skills",
    }
    assert {name for name, words in said.items() if words == "※必須"} == {"establishment", "title", "field"}
    assert "「公開に必要」の項目は" in page.content.decode()
    assert f"公開までに必要な項目：{'、'.join(posting.missing)}" in text_of(manager, "posting", posting.pk)


def words_beside(field):
    """The small words beside a label."""
    return re.search(r'class="(?:req|opt)">([^<]+)<', field.as_field_group()).group(1)


def test_host_puts_away_what_was_lent(trial):
    trial.answered(host=False)
    with time_machine.travel(at(LAST, "17:00"), tick=True):
        assert "片付けてください" in text_of(trial.manager, "placement", trial.placement.pk)
        trial.manager.client().post(reverse("trials:clear_up", args=[trial.placement.pk]))

    assert trial.now.cleared_on == LAST


# --- lists ---


def trials_of(count, round, adviser, manager, posting):
    for n in range(count):
        person = PersonFactory(family_name=f"人{n}")
        placement = joined(round, adviser, person, on=date(2026, 11, 20))
        Trial(placement, adviser, manager, posting).matching()


LISTS = {"placements": 7, "postings": 6, "rounds": 6, "licences": 6}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_for_one_row_and_three(
    django_assert_num_queries, round, adviser, manager, posting, agency, name, count
):
    trials_of(count, round, adviser, manager, posting)
    for n in range(count - 1):
        PostingFactory(establishment=EstablishmentFactory())
        RoundFactory(budget_year=2027 + n)
        LicenceFactory(agency=agency, valid_from=date(2030 + n, 4, 1), valid_until=date(2035, 3, 31))
    client = adviser.client()
    client.get(reverse(f"trials:{name}"))

    with django_assert_num_queries(LISTS[name]):
        client.get(reverse(f"trials:{name}"))


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_the_agency_costs_the_same_for_one_row_and_three(
    django_assert_num_queries, round, adviser, manager, posting, count
):
    for n in range(count):
        joined(round, adviser, PersonFactory(family_name=f"人{n}"), on=date(2026, 11, 20))
    client = adviser.client()
    client.get("/")

    with django_assert_num_queries(7):
        client.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_own_page_costs_the_same_for_one_trial_and_three(django_assert_num_queries, trial, count):
    for n in range(count - 1):
        joined(RoundFactory(budget_year=2027 + n), trial.adviser, trial.placement.person, on=date(2026, 11, 20))
    client = trial.trialist.client()
    client.get(reverse("trials:mine"))

    assert Placement.objects.count() == count
    with django_assert_num_queries(9):
        client.get(reverse("trials:mine"))


# --- searching ---


def found_by(one, words):
    return text_of_list(one, {"q": words}).count('<th scope="row">')


def text_of_list(one, query):
    return one.client().get(reverse("trials:placements"), query).content.decode()


def test_people_and_hosts_are_found_by_name(trial, adviser, manager):
    trial.matching()

    assert [found_by(adviser, words) for words in ("志望", "大森機械", "旋盤", "いない人")] == [1, 1, 1, 0]
    assert [found_by(manager, words) for words in ("志望", "旋盤")] == [1, 1]


def test_name_a_host_may_not_know_yet_finds_nothing(trial, manager):
    terms = {**trial.placement.seeker.round.terms, "legal_kind": "dispatch"}
    Round.objects.update(terms=terms)
    trial.matching()

    assert [found_by(manager, words) for words in ("志望", "旋盤")] == [0, 1]


# --- learning before the start ---


def test_person_and_adviser_read_how_far_the_learning_is(trial, adviser, manager):
    trial.contracted()
    enrolment = EnrolmentFactory(run=RunFactory(), person=trial.placement.person, employment=None)
    UnitFactory(course=enrolment.run.course)
    address = reverse("trials:placement", args=[trial.placement.pk])
    pages = [one.client().get(address).content.decode() for one in (trial.trialist, adviser, manager)]

    told = "1のうち0を終えた"
    assert [told in page for page in pages] == [True, True, False]
    assert [reverse("courses:learn_run", args=[enrolment.pk]) in page for page in pages] == [True, False, False]


def test_who_learns_nothing_yet_is_led_to_the_courses(trial, adviser):
    address = reverse("trials:placement", args=[trial.placement.pk])

    assert "アドバイザーと相談して申し込めます" in trial.trialist.client().get(address).content.decode()
    assert "eラーニングを割り当てる" in adviser.client().get(address).content.decode()


def test_page_of_a_trial_at_work_asks_ten_times(trial, adviser, django_assert_num_queries):
    trial.active()
    address = reverse("trials:placement", args=[trial.placement.pk])
    with time_machine.travel(at(LAST, "09:00"), tick=True):
        client = adviser.client()
        client.get(address)

        with django_assert_num_queries(10):
            assert client.get(address).status_code == 200
