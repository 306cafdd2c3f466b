"""The forms of results, certificates, badges, skills, surveys."""
