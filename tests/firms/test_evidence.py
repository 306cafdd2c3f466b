"""Evidence: taken if it is what it says, checked by a job, and never served before."""

import socket
import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from firms.actions.evidence import hand_in, safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.journal import record
from firms.models import Evidence, Job, JournalEntry, Mandate, Notification, StoredFile
from firms.tasks import run_job
from tests.conftest import TODAY
from tests.firms.makers import JPEG, PDF, PNG, archive, make_evidence, upload

HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def give(manager, firm, name="領収書.pdf", content=PDF):
    return hand_in(upload(name, content), owner=firm, kind="receipt", by=manager.acting())


def look(member, evidence):
    return member.client().get(reverse("firms:evidence", args=[evidence.pk]))


# --- what is taken ---


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("領収書.pdf", PDF),
        ("写真.PNG", PNG),
        ("写真.jpg", JPEG),
        ("写真.jpeg", JPEG),
        ("台帳.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("規程.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("一式.zip", archive("a.pdf")),
        ("出勤簿.csv", "氏名,時刻\n矢口,9:00\n".encode()),
        ("出勤簿.csv", "氏名,時刻\n矢口,9:00\n".encode("cp932")),
    ],
)
def test_files_that_are_what_they_say_are_taken(name, content, manager, firm):
    evidence = give(manager, firm, name, content)

    assert (evidence.state, evidence.name) == ("unchecked", name)
    assert evidence.file.sha256 == sha256(content).hexdigest()
    assert Job.objects.get().kind == "check_evidence"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("領収書.pdf", HTML, "拡張子「.pdf」と一致しません"),
        ("領収書.pdf", PNG, "一致しません"),
        ("領収書.pdf", b"MZ\x90\x00\x03" + b"\x00" * 60, "一致しません"),
        ("台帳.xlsx", archive("word/document.xml"), "一致しません"),
        ("台帳.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), "一致しません"),
        ("台帳.xlsx", PDF, "一致しません"),
        ("一式.zip", archive("a.pdf")[:-30], "一致しません"),
        ("出勤簿.csv", HTML, "一致しません"),
        ("出勤簿.csv", b"a,b\x00", "一致しません"),
        ("ページ.html", HTML, "この種類のファイルは受け付けていません"),
        ("図.svg", b"<svg/>", "この種類"),
        ("領収書.pdf.exe", PDF, "この種類"),
        ("名前だけ", PDF, "この種類"),
        ("領収書.pdf", b"", "空です"),
    ],
)  # fmt: skip
def test_files_that_are_not_what_they_say_get_a_sentence(name, content, sentence, manager, firm):
    with pytest.raises(Refused, match=sentence) as refused:
        give(manager, firm, name, content)

    assert refused.value.field == "file"
    assert (Evidence.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_a_file_over_the_limit_is_refused(settings, manager, firm):
    settings.UPLOAD_LIMIT_BYTES = len(PDF) - 1

    with pytest.raises(Refused, match="大きすぎます"):
        give(manager, firm)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\書類\\領収書.pdf", "領収書.pdf"), ('a"b\r\n<c>.pdf', "abc.pdf")],
)
def test_names_lose_what_a_path_or_a_header_would_read(given, kept):
    assert safe_name(given) == kept


def test_the_same_file_for_the_same_use_is_once(manager, firm):
    first, second = give(manager, firm), give(manager, firm)

    assert first == second
    assert JournalEntry.objects.filter(verb="evidence.hand_in").count() == 1


def test_the_same_content_for_another_use_is_stored_once(manager, firm):
    one, other = give(manager, firm), give(manager, firm, name="別名.pdf")

    assert one != other
    assert one.file == other.file


# --- the check ---


def test_the_check_lets_it_out(manager, firm, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        evidence = give(manager, firm)

    evidence.refresh_from_db()
    answer = look(manager, evidence)
    assert evidence.state == "clean"
    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert JournalEntry.objects.get(verb="evidence.check").person is None


def test_a_damaged_file_is_not_let_out_and_the_job_is_tried_again(manager, firm):
    evidence = give(manager, firm)
    default_storage.delete(evidence.file.path)
    default_storage.save(evidence.file.path, ContentFile(HTML))

    run_job(Job.objects.get().pk)

    evidence.refresh_from_db()
    assert evidence.state == "unchecked"
    assert Job.objects.get().last_error.startswith("DamagedFile")


def test_what_the_check_finds_wrong_is_rejected_and_told(manager, firm):
    evidence = give(manager, firm)
    Evidence.objects.update(name="領収書.png")

    run_job(Job.objects.get().pk)

    evidence.refresh_from_db()
    assert (evidence.state, evidence.rejected_because) == ("rejected", "中身が拡張子と一致しません。")
    assert Notification.objects.get().person == manager.person


class Clamd(threading.Thread):
    """A scanner of our own at the other end of the socket: it reads one INSTREAM and gives a fixed answer."""

    def __init__(self, answer):
        super().__init__(daemon=True)
        self.answer, self.heard = answer, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self):
        line, _who = self.door.accept()
        with line, self.door:
            while not self.heard.endswith(b"\0\0\0\0"):
                self.heard += line.recv(65536)
            line.sendall(self.answer)


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (b"stream: OK\0", "clean", ""),
        (b"stream: Eicar-Signature FOUND\0", "rejected", ""),
        (b"INSTREAM size limit exceeded. ERROR\0", "unchecked", "ScannerFailed"),
        (b"", "unchecked", "ScannerFailed"),
    ],
    ids=["clean", "virus", "error", "silence"],
)
def test_the_scanner_decides_where_one_is_set(answer, state, error, settings, manager, firm):
    scanner = Clamd(answer)
    scanner.start()
    settings.CLAMD_ADDRESS = scanner.address
    evidence = give(manager, firm)

    run_job(Job.objects.get(kind="check_evidence").pk)

    scanner.join(5)
    evidence.refresh_from_db()
    assert evidence.state == state
    assert Job.objects.get(kind="check_evidence").last_error.startswith(error)
    assert PDF in scanner.heard


def test_a_scanner_that_cannot_be_reached_is_never_taken_for_clean(settings, manager, firm):
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{door.getsockname()[1]}"
    evidence = give(manager, firm)

    run_job(Job.objects.get().pk)

    evidence.refresh_from_db()
    job = Job.objects.get()
    assert (evidence.state, job.state, job.attempts) == ("unchecked", "waiting", 1)
    assert job.last_error.startswith("ScannerFailed")


# --- who may open it ---


@pytest.mark.parametrize(("state", "words"), [("unchecked", "確認中です"), ("rejected", "受け入れられませんでした")])
def test_what_is_not_clean_is_never_served(state, words, manager, firm):
    evidence = make_evidence(owner=firm, person=manager.person, state=state)

    answer = look(manager, evidence)

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert PDF not in answer.content


@pytest.mark.parametrize("state", ["clean", "unchecked", "rejected"])
def test_strangers_do_not_learn_whether_it_exists(state, manager, firm, stranger, officer, coordinator):
    evidence = make_evidence(owner=firm, person=manager.person, state=state)

    assert [look(member, evidence).status_code for member in (stranger, officer, coordinator)] == [404, 404, 404]


def test_the_advisor_opens_it_under_the_mandate(advisor, manager, firm):
    assert look(advisor, make_evidence(owner=firm, person=manager.person)).content == PDF


def test_the_office_opens_no_more_what_it_handed_in_itself_once_the_mandate_is_over(advisor, office, firm):
    evidence = make_evidence(owner=firm, person=advisor.person)
    Evidence.objects.update(uploaded_for=office)

    assert look(advisor, evidence).status_code == 200
    Mandate.objects.update(ends_on=TODAY - timedelta(days=900), starts_on=TODAY - timedelta(days=901))
    assert look(advisor, evidence).status_code == 404


def test_a_mandate_for_other_grants_opens_no_evidence_and_no_journal_of_the_training(advisor, manager, firm, lesson):
    evidence = make_evidence(owner=firm, person=manager.person)
    record(lesson, "attendance.mark", by=None, concerns=firm)
    record(firm, "organisation.edit", by=None, concerns=firm)
    seen = JournalEntry.objects.visible_to(advisor.acting())
    assert {entry.verb for entry in seen} == {"attendance.mark", "organisation.edit"}
    Mandate.objects.update(scopes=["trial_grants"])

    assert look(advisor, evidence).status_code == 404
    assert [entry.verb for entry in JournalEntry.objects.visible_to(advisor.acting())] == ["organisation.edit"]


def test_an_employee_opens_only_what_they_handed_in(trainee, manager, firm):
    theirs = make_evidence(owner=firm, person=trainee.person)
    managers = make_evidence(owner=firm, person=manager.person)

    assert look(trainee, theirs).status_code == 200
    assert look(trainee, managers).status_code == 404


def test_a_name_in_japanese_survives_the_header(manager, firm):
    answer = look(manager, make_evidence(owner=firm, person=manager.person, name="領収書 （4月）.pdf"))

    assert "filename*=utf-8''%E9%A0%98%E5%8F%8E%E6%9B%B8" in answer.headers["Content-Disposition"]


# --- storage ---


@pytest.mark.django_db
def test_content_is_written_once_under_its_hash():
    first = files.store(b"x", media_type="text/csv")
    second = files.store(b"x", media_type="text/csv")

    assert (first.pk, first.path) == (second.pk, f"2d/{sha256(b'x').hexdigest()}")
    assert len(default_storage.listdir("2d")[1]) == 1
    assert files.read(first) == b"x"


@pytest.mark.django_db
def test_half_a_file_left_by_a_crash_is_passed_by():
    default_storage.save(f"2d/{sha256(b'x').hexdigest()}", ContentFile(b""))

    stored = files.store(b"x", media_type="text/csv")

    assert files.read(stored) == b"x"


@pytest.mark.django_db
def test_a_file_handed_in_again_mends_one_that_was_lost():
    lost = files.store(b"x", media_type="text/csv")
    default_storage.delete(lost.path)

    mended = files.store(b"x", media_type="text/csv")

    assert mended.pk == lost.pk
    assert files.read(StoredFile.objects.get(pk=lost.pk)) == b"x"


@pytest.mark.django_db
def test_reading_verifies():
    stored = files.store(b"x", media_type="text/csv")
    default_storage.delete(stored.path)
    default_storage.save(stored.path, ContentFile(b"y"))

    with pytest.raises(files.DamagedFile):
        files.read(stored)
