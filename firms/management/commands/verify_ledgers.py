"""`manage.py verify_ledgers`: were rows of an append-only table changed round the application?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.ledgers.chain import broken_ledgers, seal_ledgers
from firms.models import LedgerLink
from firms.words.saying import said as _


class Command(BaseCommand):
    help = "Reads every append-only table against its chain of hashes; ends with 1 and the table and row that differ."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--seal", action="store_true", help="bind the rows not bound yet first, as every night does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            seal_ledgers()
        if broken := broken_ledgers():
            raise CommandError("\n".join(broken))
        last = LedgerLink.objects.last()
        head = last.digest if last else "-"
        told = {"count": LedgerLink.objects.count(), "head": head}
        self.stdout.write(_("台帳の%(count)d行は、記録した時のままです。鎖の先端：%(head)s") % told)
