"""The journal: only added to, seen by those it concerns, and written in words."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

import firms
from firms.actions.mandates import accept_mandate
from firms.errors import Refused
from firms.journal import move, record
from firms.models import JournalEntry, Mandate
from firms.states import MandateState
from firms.verbs import VERBS, register_verbs, verb_label
from tests.factories import MandateFactory, OrganisationFactory


@pytest.fixture
def entry(manager, firm):
    return record(firm, "organisation.edit", by=manager.acting(), concerns=firm, changed=["phone"])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE firms_journalentry SET verb = 'x'", "DELETE FROM firms_journalentry"],
    ids=["update", "delete"],
)
def test_the_database_itself_refuses_to_change_it(statement, entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert JournalEntry.objects.get().verb == "organisation.edit"


def test_an_entry_says_who_for_whom_under_which_mandate(advisor, firm, office):
    entry = record(firm, "organisation.edit", by=advisor.acting(), concerns=firm)

    assert (entry.person, entry.organisation, entry.concerns) == (advisor.person, office, firm)
    assert entry.mandate == Mandate.objects.get()


def test_those_it_concerns_see_it(entry, manager, advisor, trainee, stranger, officer, coordinator):
    def sees(member):
        return entry in JournalEntry.objects.visible_to(member.acting())

    assert [sees(m) for m in (manager, advisor)] == [True, True]
    assert [sees(m) for m in (trainee, stranger, officer, coordinator)] == [False] * 4


def test_an_employee_sees_what_they_did_themselves(trainee, firm):
    own = record(firm, "organisation.edit", by=trainee.acting(), concerns=firm)

    assert list(JournalEntry.objects.visible_to(trainee.acting())) == [own]


def test_the_page_speaks_in_words(manager, advisor_without_mandate, office, firm):
    mandate = MandateFactory(
        office=office, firm=firm, state=MandateState.REQUESTED, accepted_at=None, accepted_by=None, asked_for=office
    )
    accept_mandate(mandate, by=manager.acting())

    page = manager.client().get(reverse("firms:journal")).content.decode()

    assert "委任を承認" in page
    assert "承認待ち → 有効" in page
    assert "大森" in page


def test_the_page_shows_one_thing_alone(manager, firm, entry):
    other = record(OrganisationFactory(), "organisation.edit", by=manager.acting(), concerns=firm)
    address = reverse("firms:journal")

    def shown(**query):
        return [row.pk for row in manager.client().get(address, query).context["page"]]

    assert shown() == [other.pk, entry.pk]
    assert shown(subject=f"firms.organisation:{firm.pk}") == [entry.pk]
    assert shown(subject="firms.organisation:x") == [other.pk, entry.pk]
    assert shown(subject=f"no.such:{firm.pk}") == []


def test_verbs_have_labels_and_unknown_ones_show_themselves():
    register_verbs({"test.verb": "試した"})

    assert verb_label("test.verb") == "試した"
    assert verb_label("test.other") == "test.other"
    del VERBS["test.verb"]


def test_every_verb_of_firms_has_a_label():
    sources = [path.read_text() for path in (Path(firms.__file__).parent / "actions").glob("*.py")]
    used = set(re.findall(r'"((?:[a-z]+)\.(?:[a-z_]+))"', "\n".join(sources)))

    assert used - set(VERBS) == set()


def test_move_refuses_what_the_table_does_not_allow(manager):
    mandate = MandateFactory()

    with pytest.raises(Refused, match="有効"):
        move(mandate, MandateState.DECLINED, by=manager.acting(), verb="mandate.decline")

    assert not JournalEntry.objects.exists()
