"""The only room that knows everybody."""
