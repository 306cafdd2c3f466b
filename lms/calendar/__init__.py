"""The private calendar feed: deadlines and lessons, in the calendar people already use."""
