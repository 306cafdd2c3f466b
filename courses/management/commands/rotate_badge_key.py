"""Sign badges with a new key from now on: `manage.py rotate_badge_key`."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.actions.completion.keys import rotate_badge_key


class Command(BaseCommand):
    help = "デジタル修了証の署名鍵を新しくします。前の鍵で署名したものも、これまでどおり確かめられます。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"これからは {rotate_badge_key().key_id} で署名します。")
