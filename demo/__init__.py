"""The demo world: invented people and firms, so that every list has something and every state can be seen."""
