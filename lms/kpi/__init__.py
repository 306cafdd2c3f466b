"""The ward's indicators: rows of all apps, counted by pandas, shown where no number tells of a few, kept as they were reported."""
