"""What a film is by its first bytes, and what ffprobe says of it where that is installed."""

import json
import shutil
import subprocess

# So many bytes tell what a file is.
HEAD = 64
PROBE_SECONDS = 60
STILL_AT = 0.2


def video_type(content: bytes) -> str:
    """By what it is, not by its name; an empty text for anything else."""
    if content[4:8] == b"ftyp":
        return "video/mp4"
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:HEAD]:
        return "video/webm"
    return ""


def can_probe() -> bool:
    """Whether length and picture are read from the film here, or given by hand."""
    return all(map(shutil.which, ("ffprobe", "ffmpeg")))


def length_of(path: str) -> int:
    """Whole seconds, 0 where nothing can tell."""
    program = shutil.which("ffprobe")
    if program is None:
        return 0
    said = run(program, "-v", "error", "-show_entries", "format=duration", "-of", "json", path)
    try:
        return round(float(json.loads(said)["format"]["duration"]))
    except (ValueError, KeyError, TypeError):
        return 0


def picture_of(path: str, *, seconds: int) -> bytes:
    """One still of the film as a JPEG; nothing where it cannot be made."""
    program = shutil.which("ffmpeg")
    if program is None:
        return b""
    size = "scale='min(1280,iw)':-2"
    at = ("-v", "error", "-ss", f"{seconds * STILL_AT:.1f}", "-i", path)
    return run(program, *at, "-frames:v", "1", "-vf", size, "-f", "image2", "-c:v", "mjpeg", "pipe:1")


def run(*command: str) -> bytes:
    """What a program of Debian's says, or nothing: a film it cannot read is not refused for that."""
    try:
        return subprocess.run(command, capture_output=True, check=True, timeout=PROBE_SECONDS).stdout
    except (subprocess.SubprocessError, OSError):
        return b""
