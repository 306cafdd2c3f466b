"""Open Badges 3.0: the certificate as a signed credential, its keys, its status list and its checking; nothing here asks the database."""
