"""Limits for everything that comes from outside. Values with defaults; the settings may change them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Each limit ends a document in a named outcome (records.errors.TooLarge or TooDeep), never in a hang."""

    file_bytes: int = 60_000_000
    """Bytes of one file or message."""
    unzipped_bytes: int = 400_000_000
    """Bytes that an archive (also a Word or Excel file) may unfold to, counted while unfolding."""
    zip_members: int = 5_000
    zip_ratio: int = 400
    """Unfolded to folded bytes of one member over 1 MB."""
    nesting: int = 6
    """Files within files: archives, attached messages."""
    parts: int = 500
    """Documents opened from one submission."""
    pages: int = 1_500
    rows: int = 60_000
    xml_depth: int = 400
    table_depth: int = 8
    text_characters: int = 40_000_000
    cpu_seconds: int = 120
    """Of the worker process that reads one document."""
    memory_bytes: int = 3_000_000_000
    output_bytes: int = 200_000_000
    wall_seconds: int = 240


DEFAULT_LIMITS = Limits()
