"""Forms a device may keep while it has no network: sent once when it is back, with conflicts for a person to settle."""
