"""`manage.py write_easy`: makes the catalogue of plain Japanese from its lines and readings."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.easy.writing import CATALOGUE, catalogue, mo_of


class Command(BaseCommand):
    help = "Makes lms/locale/ja_X-easy from lms/easy/lines.toml and readings.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(mo_of(catalogue()))
        self.stdout.write(f"{len(catalogue())} lines")
