"""The reads of units, quizzes and the log of learning."""
