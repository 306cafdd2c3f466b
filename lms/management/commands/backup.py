"""`manage.py backup FILE`: the database and every kept file in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.errors import Refused
from firms.words.saying import said as _
from lms.running.archive import back_up


class Command(BaseCommand):
    help = "Writes database and files into one archive with a manifest of hashes; the site may go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the archive to write, as in /backup/takumi-2026-11-29.tar")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            made = back_up(path)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        told = {"path": path, "files": made.files, "size": made.size}
        self.stdout.write(_("%(path)s に控えを作りました（ファイル%(files)d件、%(size)dバイト）。") % told)
        if made.lost:
            lost = {"count": len(made.lost), "first": made.lost[0]}
            raise CommandError(
                _(
                    "控えは作りましたが、保管したときの内容で残っていないファイルが%(count)d件あります（%(first)s など）。"
                )
                % lost
            )
