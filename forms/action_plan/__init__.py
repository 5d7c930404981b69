"""Review action plan."""
