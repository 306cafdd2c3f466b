"""The ward's small subsidies: archives of skills, films that tell of a firm, tools that keep knowledge."""
