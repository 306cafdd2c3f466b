"""What keeps a site running: backup and restore, health, numbers for machines, lines of the log."""
