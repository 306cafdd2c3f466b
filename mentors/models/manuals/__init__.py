"""Skill manuals: their versions, films, the people in them, who approves, and who has watched."""
