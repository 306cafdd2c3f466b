"""What joins courses and mentors: trainings a number waits for, and hours taught in somebody's training record."""
