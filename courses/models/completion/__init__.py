"""The rows of results, certificates, badges, skills, surveys."""
