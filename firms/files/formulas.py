"""What a spreadsheet would reckon instead of show, and the mark that keeps it text."""

# The full-width signs too: Excel in Japan takes them for the plain ones.
STARTS = (*"=+-@＝＋－＠", "\t", "\r", "\n")


def harmless[Cell](cell: Cell) -> Cell | str:
    """A text that begins like a formula behind an apostrophe; numbers and all else as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS) else cell
