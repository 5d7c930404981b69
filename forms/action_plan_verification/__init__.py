"""Review action plan verification."""
