"""Paper: the press every app prints on, its style and its boxes to tick."""
