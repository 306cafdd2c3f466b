"""What e-learning reckons without a database: stretches of a video, chapters, captions, plain text, kinds of units."""
