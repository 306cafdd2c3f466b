"""Backup and restore: what was there comes back byte for byte, and an archive that does not fit changes nothing."""

import json
import shutil
import stat
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from firms.files import store as files
from firms.ledgers.chain import seal_ledgers
from firms.models import LedgerLink, Organisation
from grants.models import GrantCase, Paper, PlanVersion
from grants.papers import forms_of_plan, make_papers
from lms.running import databases
from lms.running.archive import restore
from tests.factories import PersonFactory
from tests.grants.papers import facts

# What happens on PostgreSQL without its own programs: `test_missing_programs_are_named`.
needs_tools = pytest.mark.skipif(
    connection.vendor == "postgresql" and shutil.which("pg_dump") is None, reason="no PostgreSQL client here"
)


@pytest.fixture
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def plan(storage, establishment, run, manager) -> PlanVersion:
    """A site at work: a frozen plan with its printed papers, and ledgers bound by a night."""
    case = GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")
    plan = PlanVersion.objects.create(
        case=case, number=1, facts=facts.plan_facts(), outcome={}, digest="ab" * 32, frozen_by=manager.person
    )
    make_papers(plan=plan)
    seal_ledgers()
    return plan


def rows():
    """Everything the database holds, table by table."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def printed(plan):
    return {paper.form: files.read(paper.file) for paper in Paper.objects.filter(plan=plan)}


def printed_again(plan):
    """The same frozen facts, printed anew."""
    return {spec.code: spec.pdf() for spec in forms_of_plan(plan)}


@pytest.fixture
def archive(plan, tmp_path):
    path = tmp_path / "takumi.tar"
    call_command("backup", path)
    return path


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_what_was_there_comes_back_byte_for_byte(plan, archive, storage):
    before, papers = rows(), printed(plan)
    Organisation.objects.update(name="書き換え")
    PersonFactory()
    shutil.rmtree(storage)
    kept = Paper.objects.filter(plan=plan).first().file.path
    default_storage.save(kept, ContentFile(b"%PDF-1.4 another file stands in its place"))

    call_command("restore", archive, replace=True)

    assert rows() == before
    assert len(papers) >= 3
    assert printed(plan) == papers
    call_command("verify_ledgers")
    assert LedgerLink.objects.exists()
    again = printed_again(PlanVersion.objects.get(pk=plan.pk))
    # The pack is the same papers once more, with a manifest.
    assert again == {form: paper for form, paper in papers.items() if form != "pack"}


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_an_archive_is_its_owners_alone_holds_no_key_and_is_never_written_over(archive, settings):
    content = archive.read_bytes()

    with pytest.raises(CommandError, match="もうあります"):
        call_command("backup", archive)

    assert archive.read_bytes() == content
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.glob("*.part")] == []
    assert settings.SECRET_KEY.encode() not in content
    assert restore(archive, replace=True).other_key is False
    settings.SECRET_KEY = "another"
    assert restore(archive, replace=True).other_key is True


def rewritten(archive, **changed):
    """The same archive with other contents of some parts, and what the manifest says changed."""
    with tarfile.open(archive) as tar:
        parts = {name: tar.extractfile(name).read() for name in tar.getnames()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changed.pop("manifest", {})).encode()
    other = archive.with_name("other.tar")
    with tarfile.open(other, "w") as tar:
        for name, content in {**parts, **changed}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, BytesIO(content))
    return other


CHANGES = {
    "a damaged database": ({"part": b"nothing"}, "壊れています"),
    "a file nobody listed": ({"../../etc/passwd": b"x"}, "壊れています"),
    "another kind of database": ({"manifest": {"database": "oracle"}}, "oracle"),
    "a newer release": ({"manifest": {"migrations": ["firms.9999_later"]}}, "9999_later"),
    "another form of archive": ({"manifest": {"format": 2}}, "新しい版"),
}


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_an_archive_that_does_not_fit_changes_nothing(archive):
    before, kept = rows(), sorted(files.stored_paths())

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", archive)
    for changed, said in CHANGES.values():
        parts = {databases.PARTS[connection.vendor] if name == "part" else name: held for name, held in changed.items()}
        with pytest.raises(CommandError, match=said):
            call_command("restore", rewritten(archive, **parts), replace=True)

    assert (rows(), sorted(files.stored_paths())) == (before, kept)


@pytest.mark.django_db
def test_what_is_no_archive_is_said_to_be_none(tmp_path):
    (tmp_path / "letter.tar").write_text("拝啓")

    with pytest.raises(CommandError, match="控えとして読めません"):
        call_command("restore", tmp_path / "letter.tar")


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_a_lost_file_is_named_and_the_rest_kept(plan, tmp_path):
    lost = Paper.objects.filter(plan=plan).first().file
    default_storage.delete(lost.path)

    with pytest.raises(CommandError, match=lost.path):
        call_command("backup", tmp_path / "takumi.tar")

    with tarfile.open(tmp_path / "takumi.tar") as tar:
        assert f"files/{lost.path}" not in tar.getnames()
        # The papers that are left, the database, the manifest.
        assert len(tar.getnames()) == Paper.objects.values("file").distinct().count() - 1 + 2


def test_missing_programs_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(databases.shutil, "which", lambda program: None)

    with pytest.raises(databases.Refused, match="pg_dump がありません"):
        databases.dump_postgresql(Path(tmp_path / "a"))
