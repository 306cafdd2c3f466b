"""The keys badges are signed with: one in use, made when the first certificate needs it; retired ones still prove."""

from django.db import transaction
from django.utils import timezone

from courses.badges.keys import new_pair
from courses.models import SigningKey
from firms.journal import record


def locked_key() -> SigningKey:
    """The key in use, whose row everybody who gives a certificate holds; made where there is none yet."""
    if not SigningKey.objects.filter(retired_at=None).exists():
        make_key()
    in_use = SigningKey.objects.select_for_update(of=("self",)).filter(retired_at=None)
    return in_use.first() or in_use.get()  # who waited for a rotation finds the new key at the second look


def make_key() -> SigningKey:
    """Two who need the first key at once get the same: the name it takes can be taken once."""
    key_id = f"key-{SigningKey.objects.count() + 1}"
    pair = new_pair(key_id)
    given = {"private_key": pair.private_key, "public_key": pair.public_key}
    return SigningKey.objects.get_or_create(key_id=key_id, defaults=given)[0]


@transaction.atomic
def rotate_badge_key() -> SigningKey:
    """From now on badges are signed with a new key; what the old one signed still verifies."""
    old = locked_key()
    fresh = make_key()
    SigningKey.objects.filter(pk=old.pk).update(retired_at=timezone.now())
    record(fresh, "key.rotate", by=None, retired=old.key_id)
    return fresh
