"""The chain of hashes over each append-only table: the night adds to it, and who doubts a row reads it again."""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from firms.ledgers.append_only import held_tables
from firms.models import Correction, LedgerLink
from firms.models.corrections import as_text
from firms.words.saying import said as _

BATCH = 1000
CHANGED_ROUND = "\0"  # no database of ours holds such a text
LINKS = LedgerLink._meta.db_table


def ledgers() -> list[type[models.Model]]:
    """Every append-only table but the chain itself, those included that were sealed and lost their triggers since."""
    sealed = LedgerLink.objects.order_by().values_list("table", flat=True).distinct()
    names = {*held_tables(connection), *sealed} - {LINKS}
    return sorted((one for one in apps.get_models() if one._meta.db_table in names), key=lambda one: one._meta.db_table)


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def as_recorded(model: type[models.Model], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The values as they were first written: each correction is taken back, the last one first.

    A value that is not what its last correction says was changed round it, and stands for nothing that was recorded.
    """
    kept = Correction.objects.filter(subject_type=model._meta.label_lower, subject_id__in=[row["id"] for row in rows])
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    first = {(row["id"], name): as_text(value) for row in rows for name, value in row.items()}
    for one in kept.order_by("-pk"):
        place = one.subject_id, columns[one.field]
        first[place] = one.before if first[place] == one.after else CHANGED_ROUND
    return [{name: first[row["id"], name] for name in row} for row in rows]


def digest_of(before: str, values: dict[str, Any]) -> str:
    """The hash of the link before and of the row as it stands, its columns by name."""
    return sha256((before + json.dumps(values, default=str, sort_keys=True)).encode()).hexdigest()


@transaction.atomic
def seal_ledgers() -> int:
    """Bind every row not bound yet; the number of new links. Two nights at once wait for each other."""
    return sum(seal(model) for model in ledgers())


def seal(model: type[models.Model]) -> int:
    table, columns = model._meta.db_table, columns_of(model)
    known = LedgerLink.objects.filter(table=table)
    last = known.select_for_update().last()
    digest, made = last.digest if last else "", 0
    fresh = model._default_manager.exclude(pk__in=known.values("row")).order_by("pk").values(*columns)
    for rows in batched(fresh.iterator(BATCH), BATCH):
        links = []
        for row in as_recorded(model, list(rows)):
            digest = digest_of(digest, row)
            links.append(LedgerLink(table=table, row=int(row["id"]), columns=",".join(columns), digest=digest))
        LedgerLink.objects.bulk_create(links)
        made += len(links)
    return made


def broken_ledgers() -> list[str]:
    """One sentence for each table that was changed round the application, naming its first row that does not fit."""
    held = set(held_tables(connection))
    said = [
        _("%(table)s：追記だけを許すトリガーがありません。") % {"table": model._meta.db_table}
        for model in ledgers()
        if model._meta.db_table not in held
    ]
    return [*said, *(sentence for model in ledgers() for sentence in first_break(model))]


def first_break(model: type[models.Model]) -> Iterator[str]:
    """Behind the first row that does not fit the whole chain differs, so one is named and no further."""
    table, before = model._meta.db_table, ""
    links = LedgerLink.objects.filter(table=table).order_by("pk")
    for some in batched(links.iterator(BATCH), BATCH):
        rows = rows_of(model, [link.row for link in some])
        for link in some:
            if link.row not in rows:
                yield _("%(table)s：%(row)d番の行が消えています。") % {"table": table, "row": link.row}
                return
            before = digest_of(before, {name: rows[link.row][name] for name in link.columns.split(",")})
            if before != link.digest:
                yield _("%(table)s：%(row)d番の行が、記録した時と違います。") % {"table": table, "row": link.row}
                return


def rows_of(model: type[models.Model], keys: list[int]) -> dict[int, dict[str, Any]]:
    rows = list(model._default_manager.filter(pk__in=keys).values(*columns_of(model)))
    return {int(row["id"]): row for row in as_recorded(model, rows)}
