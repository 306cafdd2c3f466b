"""manage.py demo: loads the invented world into an empty database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.load import is_empty, load
from firms.errors import Refused
from firms.queries import today


class Command(BaseCommand):
    help = "Loads the demo world; never over real data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where anybody is registered")
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="N sets (2375 is a whole ward)")

    def handle(self, *args: Any, if_empty: bool, scale: int, **options: Any) -> None:
        if if_empty and not (settings.DEMO and is_empty()):
            return
        if not settings.DEMO:
            raise CommandError("TAKUMI_DEMO=0 says that this is a real site: it takes no demo world.")
        if scale < 1:
            raise CommandError("--scale must be at least 1.")
        started = time.monotonic()
        try:
            load(today(), scale=scale)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Loaded the demo world (scale {scale}) in {time.monotonic() - started:.1f} s.")
