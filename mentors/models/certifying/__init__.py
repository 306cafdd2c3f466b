"""Who is certified, for what, until when, and who said so."""
