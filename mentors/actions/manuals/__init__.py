"""From a film somebody takes at a machine to a manual others watch, and to its end."""
