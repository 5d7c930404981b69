"""Records to findings. Pure."""
