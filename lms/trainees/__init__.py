"""A firm's trainees on one page, and what each employee has learned on their card."""
