"""The nouns and values that every room shares. Pydantic and the standard library; no I/O, no clock."""
