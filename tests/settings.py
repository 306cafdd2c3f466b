"""Settings for the tests: the same site, faster passwords, jobs run at commit, undefined template variables refused."""

import tempfile
from pathlib import Path

from lms.environment import env_text
from lms.settings import *  # noqa: F403
from lms.settings import CACHES, DATABASES, TEMPLATES

TEST_DIR = Path(tempfile.mkdtemp(prefix="takumi-test-"))
DEMO = True
SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["*"]
# A file, not memory: there every thread of the site would share one connection, and one's rollback would end another's reading.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": TEST_DIR / "tests.sqlite3"}
MEDIA_ROOT = TEST_DIR / "files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_TASK_ALWAYS_EAGER = True
if not env_text("CACHE_URL"):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


class Undefined(str):
    """What a template variable that does not exist becomes: an error, where Django would print nothing."""

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")

    def __contains__(self, item: object) -> bool:
        return item == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")  # type: ignore[index]
