"""What is done in mentors/."""
