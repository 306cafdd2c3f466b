"""Files of attendance: taken in, looked at, written whole, taken back whole."""
