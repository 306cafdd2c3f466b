"""The project: settings, urls, one home per role, calendar and base templates."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
