"""Migrations that make many tables at once."""

from typing import Any

from django.db.migrations import Migration


class TablesAtOnce(Migration):
    """A migration whose operations see each other's tables whatever their order.

    Django draws all related models anew after every operation of a migration: two hundred tables took over a minute.
    Here they are drawn once, when the last is known. So no operation may change what another one makes: `CreateModel`
    with its constraints and indexes is what belongs in here.
    """

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        before, after = self.states(project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, after)
        return after

    def unapply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        before, after = self.states(project_state)
        for operation in reversed(self.operations):
            operation.database_backwards(self.app_label, schema_editor, after, before)
        return before

    def states(self, project_state: Any) -> tuple[Any, Any]:
        """What stood before this migration and what stands after it, the latter not drawn yet."""
        after = project_state.clone()
        if "apps" in vars(after):
            del after.apps
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        return project_state, after
