"""Help where it is needed: first steps of each role, and the official words in plain ones. Both stand in TOML beside the code."""
