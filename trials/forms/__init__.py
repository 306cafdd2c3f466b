"""Forms of trials/."""
