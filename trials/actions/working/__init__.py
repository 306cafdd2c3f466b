"""The days at work: told by the trialist, entered from paper, approved by the host, closed by the month."""
