"""The forms of firms/: they clean what was typed, and save nothing."""
