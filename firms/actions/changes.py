"""How an action writes cleaned input onto a row: only what differs, and with the names of what changed."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def apply(row: models.Model, fields: Mapping[str, Any]) -> list[str]:
    """Save the fields that differ; the names of those are what the journal keeps."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return changed
