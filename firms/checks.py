"""What `manage.py check` says of a real site: the application must not own the tables it may only add to."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError, connection

from firms.words.saying import said as _

OWNER = "SELECT pg_has_role(current_user, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'firms_journalentry'"


@register()
def tables_belong_to_another_role(**options: Any) -> list[CheckMessage]:
    """An owner may drop triggers, so append-only is held only against a role that owns nothing. Silent in the demo."""
    if settings.DEMO or connection.vendor != "postgresql" or not owns_the_journal():
        return []
    return [
        Warning(
            _("表の所有者とアプリケーションの役割が同じです。追記だけの表のトリガーを外せてしまいます。"),
            hint=_("READMEの手順で役割を分け、DATABASE_URLには所有者でない役割を書いてください。"),
            id="firms.W001",
        )
    ]


def owns_the_journal() -> bool:
    """Not where the database does not answer or has no tables yet: the check is also asked before either is there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(OWNER)
            row = cursor.fetchone()
    except DatabaseError:
        return False
    return bool(row and row[0])
