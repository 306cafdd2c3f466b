"""The rows of what is taught and when: courses, their runs and lessons."""
