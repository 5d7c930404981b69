"""Brings bytes in and decides nothing: sources, opening of messages and archives, sniffing, limits."""
