"""Links that act without an account: what they are for, and who acts by them."""
