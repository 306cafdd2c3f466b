"""Who asks for a マイスター, for what, and the sessions both sides agreed on."""
