"""What is done with any text, whatever it is about."""
