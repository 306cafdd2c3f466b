"""The Celery application: its messages are hints, the job rows are the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("takumi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
