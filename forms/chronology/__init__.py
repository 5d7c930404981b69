"""Chronology of significant events."""
