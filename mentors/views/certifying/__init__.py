"""Pages about applications, the board, certifications and the public register."""
