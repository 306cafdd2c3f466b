"""The pages of units, quizzes and the log of learning."""
