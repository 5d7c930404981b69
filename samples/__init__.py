"""Fictional samples for the demo, and the script that makes them."""
