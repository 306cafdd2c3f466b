"""People, postings and who fits to whom."""
