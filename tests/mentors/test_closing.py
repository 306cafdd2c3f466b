"""A firm or school that asked for マイスター is deregistered: visits ahead are cancelled, what was taught stays."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from lms.deregistering.ending import deregister_whole
from lms.deregistering.touched import touched
from lms.tasks import end_deregistered
from mentors.actions.manuals.sharing import share_with, show_to
from mentors.actions.requesting.asking import ask
from mentors.actions.requesting.planning import propose_plan
from mentors.models import Booking, ManualShare, ManualVersion, MentoringRequest, Session, SkillManual, Subsidy
from tests.conftest import TODAY
from tests.factories import at
from tests.mentors.makers import agreed, asked, certified, visit
from tests.mentors.manuals.makers import published, written
from tests.mentors.subsidies.makers import begun, decided

WHY = "2026年11月19日に廃業した"
FIRST = date(2027, 1, 12)
DAY = timedelta(days=1)


@pytest.fixture
def held(master, officer):
    return certified(master, officer)


def gone(organisation, officer, on=TODAY):
    deregister_whole(organisation, on=on, reason=WHY, by=officer.acting(TODAY))


def lines(items):
    return [f"{one.name}｜{one.note}" for one in items if "マイスター" in one.name]


def states():
    return [session.state for session in Session.objects.order_by("starts_at")]


def test_a_request_nobody_has_answered_ends_with_its_host(officer, manager, firm, ward):
    asked(manager, ward=ward)

    assert lines(touched(firm, TODAY).ending) == ["マイスターの派遣: 機械加工｜相談中"]
    gone(firm, officer)

    request = MentoringRequest.objects.get()
    assert (request.state, request.because) == ("cancelled", WHY)


def test_manuals_of_a_firm_that_is_gone_are_shown_no_more_and_say_why(
    officer, manager, stranger, firm, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    shown = published(manager, has_film=False)
    show_to(shown, visibility="ward", by=manager.acting())
    written(manager, title="書きかけ")
    share_with(
        published(stranger, has_film=False, title="無縁の技"), number=firm.corporate_number, by=stranger.acting()
    )
    begun(manager, officer.organisation, title="動画化の助成")
    decided(manager, officer, aim="archive", title="決まった助成")
    label = reverse("mentors:step_label", args=[shown.marks.first().code])
    assert SkillManual.objects.visible_to(stranger.acting()).filter(pk=shown.pk).exists()
    found = touched(firm, TODAY)
    named = [(one.name, one.note) for one in found.ending]
    assert ("汎用旋盤でおねじを切る", "技能マニュアル（取り下げる）") in named
    assert ("動画化の助成", "区の助成: 企業紹介動画の制作（作成中）") in named
    assert "決まった助成" in [one.name for one in found.staying]

    gone(firm, officer)

    states = ManualVersion.objects.filter(manual__firm=firm).values_list("state", "because")
    assert set(states) == {("withdrawn", f"企業の登録が抹消されたため、取り下げました。{WHY}")}
    assert not SkillManual.objects.visible_to(stranger.acting()).filter(pk=shown.pk).exists()
    assert stranger.client().get(label).status_code == 404
    assert not ManualShare.objects.filter(firm=firm, ended_on=None).exists()
    assert dict(Subsidy.objects.values_list("title", "state")) == {
        "動画化の助成": "withdrawn",
        "決まった助成": "decided",
    }


def test_a_plan_agreed_on_ends_and_the_hours_are_free(officer, manager, master, firm, held):
    agreed(manager, held, visit(), visit(FIRST + DAY))

    assert lines(touched(firm, TODAY).ending) == ["マイスターの派遣: 機械加工｜決定"]
    gone(firm, officer)

    assert (MentoringRequest.objects.get().state, states()) == ("cancelled", ["cancelled"] * 2)
    assert Booking.objects.count() == 0
    assert Notification.objects.filter(person=master.person, body=WHY).exists()


def test_visits_before_the_day_stay_and_those_from_it_on_are_cancelled(officer, manager, master, firm, held):
    agreed(manager, held, visit(FIRST), visit(FIRST + DAY), visit(FIRST + 2 * DAY))
    day = FIRST + DAY

    found = touched(firm, day)
    assert lines(found.ending) == ["マイスターの派遣: 機械加工｜抹消の日以後の実技指導 2回"]
    assert lines(found.staying) == ["マイスターの派遣: 機械加工｜1回（マイスターの記録と、決まった日数での確定を待つ）"]
    gone(firm, officer, on=day)
    assert states() == ["planned"] * 3

    with time_machine.travel(at(day, "09:00")):
        end_deregistered()
        before = JournalEntry.objects.count()
        end_deregistered()
    assert states() == ["planned", "cancelled", "cancelled"]
    assert MentoringRequest.objects.get().state == "agreed"
    assert JournalEntry.objects.count() == before
    assert Notification.objects.filter(person=master.person, body=WHY).count() == 2


def test_what_others_asked_goes_on(officer, manager, stranger, held):
    agreed(manager, held)

    gone(stranger.organisation, officer)

    assert states() == ["planned"]


@pytest.mark.parametrize(("last", "may"), [(FIRST - DAY, True), (FIRST, False)])
def test_no_visit_is_planned_for_a_host_from_its_day_on(last, may, officer, manager, firm, held, ward):
    request = asked(manager, ward=ward)
    gone(firm, officer, on=FIRST)

    def plan():
        return propose_plan(request, held, [visit(FIRST - 2 * DAY), visit(last)], by=manager.acting())

    if may:
        assert len(plan()) == 2
    else:
        with pytest.raises(Refused, match="登録が抹消"):
            plan()


@pytest.mark.parametrize(("on", "may"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_nothing_is_asked_for_a_host_from_its_day_on(on, may, officer, manager, firm, ward):
    gone(firm, officer, on=date(2026, 12, 1))
    manager.organisation.refresh_from_db()

    told = {"occupation": "machining", "need": "ねじ", "machine": "", "people": 1, "wanted_on": FIRST, "place": "工場"}

    def wish():
        return ask(host=manager.organisation, ward=ward, by=manager.acting(on), contact_name="現場 主任", **told)

    if may:
        assert wish().state == "asked"
    else:
        with pytest.raises(Refused, match="登録が抹消"):
            wish()
