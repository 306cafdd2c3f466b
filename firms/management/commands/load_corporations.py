"""manage.py load_corporations: replaces the list of 法人番号 by a file of 法人番号公表サイト."""

import re
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.actions.corporations import load_register
from firms.errors import Refused

# As the site names its files: 13_tokyo_all_20261030.zip
DAY_IN_NAME = re.compile(r"_(\d{8})(?=\.)")


class Command(BaseCommand):
    help = (
        "Loads 全件データ of 法人番号公表サイト (CSV or zip, Shift_JIS or Unicode) in place of the list loaded before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day of the file, where its name does not say")

    def handle(self, *args: Any, file: Path, as_of: date | None, **options: Any) -> None:
        day = as_of or day_in(file.name)
        try:
            with file.open("rb") as opened:
                load = load_register(opened, name=file.name, as_of=day)
        except OSError as trouble:
            raise CommandError(str(trouble)) from trouble
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{load.count} corporations as of {load.as_of}")


def day_in(name: str) -> date:
    found = DAY_IN_NAME.search(name)
    if not found:
        raise CommandError("The name of the file says no day; give it as --as-of YYYY-MM-DD.")
    try:
        return date.fromisoformat(found.group(1))
    except ValueError as wrong:
        raise CommandError(f"{found.group(1)} in the name is no day; give it as --as-of YYYY-MM-DD.") from wrong
