"""`manage.py restore FILE`: what `backup` wrote, brought back and verified."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.errors import Refused
from firms.words.saying import said as _
from lms.running.archive import restore


class Command(BaseCommand):
    help = "Brings database and files back from an archive, after each part was compared with the manifest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="an archive `manage.py backup` has written")
        parser.add_argument("--replace", action="store_true", help="throw away what the database holds now")

    def handle(self, *args: Any, path: Path, replace: bool, **options: Any) -> None:
        try:
            done = restore(path, replace=replace)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        told = {"made_at": done.made_at, "files": done.files}
        self.stdout.write(_("%(made_at)s の控えに戻しました（ファイル%(files)d件）。") % told)
        if done.other_key:
            self.stdout.write(
                _("SECRET_KEYが控えを作ったときと違います。元の鍵に戻すか、rotate_badge_key を実行してください。")
            )
        if done.broken:
            raise CommandError("\n".join(done.broken))
        self.stdout.write(_("台帳は記録した時のままです。"))
