"""Tables made at once (firms.ledgers.tables)."""

from importlib import import_module

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from firms.ledgers.tables import TablesAtOnce


class Pair(TablesAtOnce):
    """Each refers to the other: one after the other, the first could not be made."""

    operations = [
        CreateModel(
            "Left",
            [("id", models.AutoField(primary_key=True)), ("right", models.ForeignKey("firms.right", models.CASCADE))],
        ),
        CreateModel(
            "Right",
            [
                ("id", models.AutoField(primary_key=True)),
                ("left", models.ForeignKey("firms.left", models.CASCADE, null=True)),
            ],
            {"constraints": [models.UniqueConstraint(fields=["left"], name="right_of_one_left")]},
        ),
    ]


@pytest.mark.django_db(transaction=True)
def test_tables_that_refer_to_each_other_are_made_at_once_and_go_at_once():
    before = ProjectState()
    migration = Pair("0001_pair", "firms")

    with connection.schema_editor() as editor:
        after = migration.apply(before, editor)

    assert {"firms_left", "firms_right"} <= set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, "firms_right")
    assert held["right_of_one_left"]["unique"]
    assert ("firms_left", "id") in {one["foreign_key"] for one in held.values()}
    assert set(after.models) == {("firms", "left"), ("firms", "right")}
    assert before.models == {}

    with connection.schema_editor() as editor:
        assert migration.unapply(before, editor) is before

    assert not {"firms_left", "firms_right"} & set(connection.introspection.table_names())


def test_every_first_migration_makes_its_tables_at_once_and_nothing_else():
    for app in ("firms", "courses", "mentors", "trials", "grants", "lms"):
        first = import_module(f"{app}.migrations.0001_initial").Migration

        assert issubclass(first, TablesAtOnce)
        assert {type(one) for one in first.operations} == {CreateModel}
