"""From a request to sessions both sides agreed on."""
