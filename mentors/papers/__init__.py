"""Papers of mentors/, made of frozen facts."""
