"""Days, moments, money and journal entries in the words of a reader."""
