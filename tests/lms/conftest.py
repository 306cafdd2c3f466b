"""What tests of the whole site share."""

import pytest


@pytest.fixture
def letter_box(settings, tmp_path):
    """The demo's letter box, in a folder of this test."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path}}}
