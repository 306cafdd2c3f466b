"""People, organisations, employments, mandates, the journal, evidence, jobs."""
