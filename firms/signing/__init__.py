"""Signatures: the picture of the pad, and what a signature is bound to."""
