"""From an application to a certification, and to its end."""
