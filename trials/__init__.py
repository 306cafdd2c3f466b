"""Trial employment from matching to retention."""
