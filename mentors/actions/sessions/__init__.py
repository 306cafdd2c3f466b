"""From a session held to the money paid for it."""
