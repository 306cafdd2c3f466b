"""The reads of results, certificates, badges, skills, surveys."""
