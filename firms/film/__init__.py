"""Films: stretches that were watched, chapters, captions, the pieces a player asks for, and what a file is by its bytes."""
