"""What e-learning reckons without asking the database: stretches of a video, chapters, captions, plain text, kinds of units."""
