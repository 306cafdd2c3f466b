"""Tables of attendance as people hand them in: bytes become rows, headings become fields, cells become values."""
