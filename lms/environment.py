"""What the settings make of the environment: readers of its variables, and one maker for each part that can grow."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

Options = dict[str, object]


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_truth(name: str, *, default: bool) -> bool:
    return env_text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def secret_key(var: Path) -> str:
    """The key of the environment, else one made once and kept beside the database."""
    if given := env_text("SECRET_KEY"):
        return given
    kept = var / "secret-key"
    if not kept.exists():
        made = var / f"secret-key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(os.urandom(48).hex())
        with suppress(FileExistsError):
            os.link(made, kept)  # of server, worker and beat starting at once, one makes it and all read the whole
        made.unlink()
    return kept.read_text()


def database(url: str, *, var: Path) -> Options:
    """postgres://user:password@host:port/name, or SQLite below var/ where no address is given."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var / "takumi.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # Without recursive triggers INSERT OR REPLACE would delete rows of append-only tables unseen.
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"
                "PRAGMA recursive_triggers=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def caches(url: str, *, var: Path) -> dict[str, Options]:
    """What all workers share, and the texts each of them keeps for itself."""
    return {"default": shared_cache(url, var=var), "pages": page_cache()}


def shared_cache(url: str, *, var: Path) -> Options:
    """Redis by its address, or a folder: either is one for all workers, so that limits on sign-in hold across them."""
    if url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": var / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # what is culled is a count that somebody may start again
    }


def page_cache() -> Options:
    """Texts for everybody, in each process: whoever asks for thousands of pages culls no count of sign-ins with them."""
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 1000},  # about six kilobytes each
    }


def storage(bucket: str) -> Options:
    """A bucket of an S3-compatible store, or the folder of MEDIA_ROOT."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": bucket}}


def mailer(url: str, *, var: Path) -> Options:
    """smtp://user:password@host:port, or letters written to a folder."""
    smtp = urlsplit(url)
    if not smtp.hostname:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": var / "mail"}}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": smtp.hostname,
            "port": smtp.port or 587,
            "username": unquote(smtp.username or ""),
            "password": unquote(smtp.password or ""),
            "use_tls": smtp.scheme != "smtp+plain",
        },
    }


def broker_options(url: str, *, var: Path) -> Options:
    """The folders of the embedded file broker, or how long Redis waits for an acknowledgement."""
    if url.startswith("redis"):
        # A job's lease is five minutes; an unacknowledged hint comes back after it, and the sweep repairs the rest.
        return {"visibility_timeout": 600}
    if not url.startswith("filesystem:"):
        return {}
    folders = {name: var / "broker" / name for name in ("queue", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folders["queue"]),
        "data_folder_out": str(folders["queue"]),
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "polling_interval": 0.2,
    }


def console_logging(level: str, form: str) -> Options:
    """Lines for a person who watches, or one JSON object each, with a line for every request, for what collects them."""
    if form not in {"line", "json"}:
        raise SystemExit(f"LOG_FORMAT={form} is no form of a log: say line or json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {"()": "lms.running.logs.JsonLines"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"takumi.requests": {"level": "INFO" if form == "json" else "WARNING"}},
    }
