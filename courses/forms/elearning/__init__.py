"""The forms of units, quizzes and the log of learning."""
