"""One folder a letter."""
