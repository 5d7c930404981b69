"""Agency summary."""
