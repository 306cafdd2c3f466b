"""`manage.py write_guides`: writes docs/guide from the first steps of each role."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.help.writing import FOLDER, texts


class Command(BaseCommand):
    help = "Writes docs/guide from lms/help/steps.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in texts().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(texts())} files in docs/guide")
