"""Files: kept by their content, known by their kind, scanned, shown, taken out as tables."""
