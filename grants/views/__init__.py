"""Views of grants/, one module for each part of a case."""
