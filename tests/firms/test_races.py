"""Two at once: what one after the other would be refused with a sentence is refused with the same when they race."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection

from firms.actions.evidence import hand_in
from firms.actions.invitations import join_as_new
from firms.actions.links import use_link
from firms.actions.members import end_membership
from firms.actions.organisations import create_establishment, create_organisation
from firms.actions.people import start_employment
from firms.actions.signing import give_to_sign, sign, sign_as_guest
from firms.errors import Refused
from firms.links.purposes import Guest
from firms.models import (
    ActionLink,
    DocumentVersion,
    Employment,
    Establishment,
    Evidence,
    Invitation,
    JournalEntry,
    Membership,
    Organisation,
    Signature,
)
from tests.conftest import TODAY, Cast, cast
from tests.factories import EmploymentFactory, EstablishmentFactory, OrganisationFactory, corporate_number
from tests.firms.makers import PDF, make_invitation, upload
from tests.firms.signers import NEXT, WEEK, asked, freeze_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]
NAMES = {"family_name": "新谷", "given_name": "花子", "family_kana": "シンタニ", "given_kana": "ハナコ"}
TERMS = {"insured_number": "", "contract": "regular", "job_title": "", "pattern": None}


def race(*actions):
    """What each of them came to, all started at the same moment: its answer, or what it raised."""
    start, outcomes = threading.Barrier(len(actions)), []

    def run(action):
        start.wait()
        try:
            outcomes.append(action())
        except (Refused, DatabaseError) as raised:
            outcomes.append(raised)
        finally:
            connection.close()

    racers = [threading.Thread(target=run, args=[action]) for action in actions]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return outcomes


def refused(outcomes):
    raised = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(one) for one in raised] == [Refused] * len(raised)
    return len(raised)


def test_one_link_in_two_tabs_joins_once():
    sender = cast("manager", OrganisationFactory(), "大森")
    _invitation, token = make_invitation(organisation=sender.organisation, by=sender.person)

    def join():
        return join_as_new(token, password="とても長い合言葉-2026", **NAMES)

    assert refused(race(join, join, join)) == 2
    assert Membership.objects.filter(person__email="shintaro@example.jp").count() == 1


def test_one_corporate_number_is_registered_once():
    officer = cast("officer", OrganisationFactory(kind="ward"), "区役")
    number = corporate_number(800000000001)

    def register():
        return create_organisation(by=officer.acting(), kind="firm", name="（架空）新規工業", corporate_number=number)

    assert refused(race(register, register, register)) == 2
    assert Organisation.objects.filter(corporate_number=number).count() == 1


def test_one_insurance_number_is_registered_once():
    leaders = [cast("manager", OrganisationFactory(), name) for name in ("大森", "蒲田", "矢口")]

    def register(leader):
        given = {"name": "（架空）第一工場", "insurance_number": "1301-000001-1"}
        return lambda: create_establishment(leader.organisation, by=leader.acting(), **given)

    assert refused(race(*map(register, leaders))) == 2
    assert Establishment.objects.count() == 1


def test_firms_that_employ_the_same_newcomer_at_once_know_nothing_of_each_other():
    """Each keeps somebody of its own until the one with the address accepts."""
    places = [EstablishmentFactory() for _firm in range(3)]

    def employ(place):
        by = cast("manager", place.organisation, "大森").acting()
        given = {"email": "shintaro@example.jp", "started_on": date(2026, 4, 1), "names": NAMES}
        return lambda: start_employment(place, by=by, **given, **TERMS)

    assert refused(race(*map(employ, places))) == 0
    registered = Employment.objects.filter(email="shintaro@example.jp", person__email=None)
    assert registered.values("person").distinct().count() == 3
    assert set(Invitation.objects.values_list("person", flat=True)) == set(registered.values_list("person", flat=True))


def test_one_firm_that_registers_somebody_twice_at_once_registers_them_once():
    place = EstablishmentFactory()
    by = cast("manager", place.organisation, "大森").acting()
    given = {"email": "shintaro@example.jp", "started_on": date(2026, 4, 1), "names": NAMES, **TERMS}

    outcomes = race(*[lambda: start_employment(place, by=by, **given)] * 3)

    assert refused(outcomes) == 2
    assert Employment.objects.count() == Invitation.objects.count() == 1


def test_two_managers_who_end_each_other_leave_one():
    firm = OrganisationFactory()
    one, other = cast("manager", firm, "大森"), second_manager(firm)

    outcomes = race(
        lambda: end_membership(other.membership, by=one.acting()),
        lambda: end_membership(one.membership, by=other.acting()),
    )

    assert refused(outcomes) == 1
    assert Membership.objects.on(TODAY).filter(organisation=firm).count() == 1


def second_manager(firm):
    """A second manager of the firm, with a login of their own."""
    other = cast("manager", OrganisationFactory(), "蒲田")
    Membership.objects.filter(pk=other.membership.pk).update(organisation=firm)
    other.membership.refresh_from_db()
    return other


def test_one_file_handed_in_from_two_tabs_is_one_evidence(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    manager = cast("manager", OrganisationFactory(), "大森")

    def give():
        return hand_in(upload("領収書.pdf", PDF), owner=manager.organisation, kind="receipt", by=manager.acting())

    assert refused(race(give, give, give)) == 0
    assert Evidence.objects.count() == 1


@pytest.fixture
def three_sides():
    """A document for a worker, the firm and a host outside, and the managers of it."""
    employment = EmploymentFactory()
    manager = cast("manager", employment.establishment.organisation, "大森")
    worker = Cast(employment.person, None)
    return freeze_for(worker, manager.organisation, manager.acting()), worker, manager


def test_one_click_in_two_tabs_is_one_signature(three_sides):
    version, worker, _manager = three_sides

    def click():
        return sign(asked(version, "worker"), seen=version.sha256, by=worker.acting())

    assert refused(race(click, click, click)) == 0
    assert Signature.objects.count() == 1


def test_the_last_two_sides_at_once_complete_the_document_once(three_sides):
    version, worker, manager = three_sides
    link, _address = give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())
    sign_as_guest(Guest(link, name="受入 花子", position="", today=TODAY), {"seen": version.sha256, "picture": ""})

    outcomes = race(
        lambda: sign(asked(version, "worker"), seen=version.sha256, by=worker.acting()),
        lambda: sign(asked(version, "firm"), seen=version.sha256, by=manager.acting()),
    )

    assert refused(outcomes) == 0
    assert JournalEntry.objects.about(version.document).filter(verb="document.complete").count() == 1


def test_a_text_that_changes_while_a_guest_signs_leaves_no_signature_to_the_new_one(three_sides):
    """Either the signature came first and is the old text's, or the link had ended."""
    version, worker, manager = three_sides
    _link, address = give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())
    token = address.rstrip("/").rsplit("/", 1)[1]
    given = {"seen": version.sha256, "picture": ""}

    race(
        lambda: use_link(token, use=0, name="受入 花子", position="", given=given),
        lambda: freeze_for(worker, manager.organisation, manager.acting(), text=NEXT),
    )

    newest = DocumentVersion.objects.last()
    assert newest.number == 2
    assert not Signature.objects.exclude(request__version=version).exists()
    assert Signature.objects.filter(sha256=version.sha256).count() == ActionLink.objects.get().uses


def test_one_link_in_two_tabs_acts_once(three_sides):
    version, _worker, manager = three_sides
    _link, address = give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())
    token = address.rstrip("/").rsplit("/", 1)[1]

    def press():
        given = {"seen": version.sha256, "picture": ""}
        return use_link(token, use=0, name="受入 花子", position="", given=given).uses

    assert race(press, press, press) == [1, 1, 1]
    assert (Signature.objects.count(), JournalEntry.objects.filter(verb="link.use").count()) == (1, 1)


def test_two_texts_at_once_are_two_versions(three_sides):
    _version, worker, manager = three_sides

    def change(text):
        return lambda: freeze_for(worker, manager.organisation, manager.acting(), text=text)

    assert refused(race(change("甲の文。"), change("乙の文。"))) == 0
    assert list(DocumentVersion.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_two_links_given_at_once_leave_one_open(three_sides):
    version, _worker, manager = three_sides

    def give():
        return give_to_sign(asked(version, "host"), term=WEEK, by=manager.acting())

    assert refused(race(give, give, give)) == 0
    assert sorted(ActionLink.objects.values_list("state", flat=True)) == ["open", "revoked", "revoked"]
