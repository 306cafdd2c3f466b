"""The pages of who was there how long: rosters, codes, signatures, files."""
