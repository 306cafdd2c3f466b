"""Every write of courses/, by story."""
