"""What is measured, and how: one module a bench, each on a database of its own. They see the whole project and nobody sees them."""
