"""What is sent and what waits: jobs, notices, letters of the demo, secrets in links."""
