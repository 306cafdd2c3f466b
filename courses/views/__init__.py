"""The pages of courses/, by story."""
