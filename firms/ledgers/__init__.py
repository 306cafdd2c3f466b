"""Tables that only grow, and the chain of hashes over them."""
