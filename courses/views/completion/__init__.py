"""The pages of results, certificates, badges, skills, surveys."""
