"""The language somebody reads pages in, and the catalogue of the second one."""
