"""The writes of units, quizzes and the log of learning."""
