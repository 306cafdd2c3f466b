"""The rows of units, quizzes and the log of learning."""
