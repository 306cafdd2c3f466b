"""What Celery's beat starts, and how often: in seconds, or at an hour of the night."""

from celery.schedules import crontab

SWEEPS = {
    "sweep-jobs": {"task": "firms.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 5.0}},
    "refresh-deadlines": {"task": "grants.tasks.remind_deadlines", "schedule": 600.0},
    "remind-requests": {"task": "grants.tasks.remind_requests", "schedule": 600.0},
    "late-records": {"task": "grants.tasks.tell_late_records", "schedule": 600.0},
    "ended-mandates": {"task": "grants.tasks.tell_ended_mandates", "schedule": 600.0},
    "sweep-joined": {"task": "lms.tasks.sweep", "schedule": 600.0},
    "sweep-seats": {"task": "courses.tasks.sweep_seats", "schedule": 600.0},
    "nightly": {"task": "firms.tasks.nightly", "schedule": crontab(hour=2, minute=30)},
    "remind-exemptions": {"task": "grants.tasks.remind_exemptions", "schedule": 3600.0},
    "reckon-chances": {"task": "grants.tasks.reckon_chances", "schedule": crontab(hour=3, minute=30)},
    "watch-letters": {"task": "firms.tasks.watch_letters", "schedule": crontab(hour=9, minute=0)},
    "watch-pace": {"task": "courses.tasks.watch_pace", "schedule": 3600.0},
}
