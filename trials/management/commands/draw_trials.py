"""`manage.py draw_trials`: writes docs/trials.md from the table of events."""

from typing import Any

from django.core.management.base import BaseCommand

from trials.drawing import FILE, drawing


class Command(BaseCommand):
    help = "Writes docs/trials.md from the table of events of a trial."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(drawing(), encoding="utf-8")
        self.stdout.write(str(FILE.name))
