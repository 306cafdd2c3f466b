"""manage.py demo and attendance_preview."""
