"""The virus scanner, where one is set: clamd is asked over a socket, and silence is never taken for clean."""

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

from firms.errors import Refused
from firms.words.saying import said as _

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 30


class ScannerFailed(Exception):
    """The scanner gave no verdict: the check is tried again later."""


def found_virus(content: bytes) -> str:
    """The name of the virus, or an empty text where none was found or no scanner is set."""
    return found_virus_in(content[start : start + CHUNK] for start in range(0, len(content), CHUNK))


def found_virus_in(pieces: Iterable[bytes]) -> str:
    """The same of what comes in pieces; the scanner's own limit (StreamMaxLength) has to be as large as the film."""
    if not settings.CLAMD_ADDRESS:
        return ""
    try:
        verdict = ask(pieces)
    except OSError as silent:
        raise ScannerFailed(str(silent)) from silent
    if verdict.endswith("FOUND"):
        return verdict.removeprefix("stream:").removesuffix("FOUND").strip()
    if verdict != "stream: OK":
        raise ScannerFailed(verdict or "no answer")
    return ""


def refuse_infected(content: bytes, *, field: str = "file") -> None:
    """For a file that is looked at while its sender waits: with a virus, or without a verdict, it is not taken."""
    try:
        virus = found_virus(content)
    except ScannerFailed:
        raise Refused(
            _("いまウイルスの検査ができないため、ファイルを受け付けていません。時間をおいて、もう一度選んでください。"),
            field=field,
        ) from None
    if virus:
        raise Refused(
            _("ウイルス「%(virus)s」が見つかりました。このファイルは使えません。") % {"virus": virus[:100]}, field=field
        )


def ask(pieces: Iterable[bytes]) -> str:
    """clamd's INSTREAM: chunks with their length before them, then a length of nothing."""
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for part in pieces:
            line.sendall(struct.pack("!L", len(part)) + part)
        line.sendall(struct.pack("!L", 0))
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
