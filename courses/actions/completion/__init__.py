"""The writes of results, certificates, badges, skills, surveys."""
