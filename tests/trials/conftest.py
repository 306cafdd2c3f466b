"""The cast of a trial: an agency with its adviser, the trialist, the host's manager, and the round they are in."""

import pytest

from tests.conftest import TODAY, Cast, cast
from tests.factories import OrganisationFactory, PersonFactory
from tests.trials.factories import LicenceFactory, PostingFactory, RoundFactory
from tests.trials.playing import Trial, joined


@pytest.fixture
def agency(db):
    """（架空）城南スタッフィング, with both licences."""
    agency = OrganisationFactory(kind="agency", name="（架空）城南スタッフィング")
    LicenceFactory(agency=agency, kind="dispatch", number="派13-300001")
    LicenceFactory(agency=agency, kind="placement", number="13-ユ-300001")
    return agency


@pytest.fixture
def adviser(agency) -> Cast:
    return cast("coordinator", agency, "相談")


@pytest.fixture
def other_adviser(db) -> Cast:
    """Of another agency, who must never see our people."""
    return cast("coordinator", OrganisationFactory(kind="agency", name="（架空）他社スタッフ"), "他社")


@pytest.fixture
def round(ward, officer):
    return RoundFactory(ward=ward, opened_by=officer.person)


@pytest.fixture
def posting(establishment):
    return PostingFactory(establishment=establishment)


@pytest.fixture
def trial(round, agency, adviser, manager, posting) -> Trial:
    """Registered, with every consent given, played on from here by its events."""
    person = PersonFactory(family_name="志望", given_name="歩", email="trialist@example.jp")
    placement = joined(round, adviser, person, on=TODAY)
    return Trial(placement, adviser, manager, posting)


@pytest.fixture
def trialist(trial):
    """Signs in without an organisation."""
    return trial.trialist
