"""Bytes to records: readers give a tree, understanding finds the answers."""
