"""`manage.py write_english`: renews the English catalogue from the sources, and says what is not translated yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lms.languages.catalogue import english, renewed, write


class Command(BaseCommand):
    help = "Renews lms/locale/en from code and templates; what is not translated yet is listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="list what is missing and write nothing")

    def handle(self, *args: Any, list: bool, **options: Any) -> None:
        catalogue = renewed(english())
        missing = [message.id for message in catalogue if message.id and not message.string]
        if not list:
            write(catalogue)
        for text in missing:
            self.stdout.write(repr(text))
        self.stderr.write(f"{len(missing)} of {len(catalogue)} texts are not translated yet")
