"""The pages of trials/."""
