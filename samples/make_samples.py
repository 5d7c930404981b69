"""Makes the samples of the demonstration anew: `python -m samples.make_samples`. The same bytes every time.

The PDF copies of our own form are made by LibreOffice; without it the ones that are there stay.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generators.pdf import to_pdf
from samples.office import SETTINGS, directory
from samples.story import ToPdf, pieces

HERE = Path(__file__).parent


def make_samples(target: Path, convert: ToPdf = to_pdf) -> tuple[Path, ...]:
    """Write everything below the folder; the files written. What needs a converter that is not there is left out."""
    written = [
        _write(target / "intake.toml", SETTINGS.encode("utf-8")),
        _write(target / "directory.toml", directory().encode("utf-8")),
    ]
    for piece in pieces(convert):
        if piece is not None:
            written.append(_write(target / "story" / piece.day / piece.path, piece.data))
    return tuple(written)


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def main() -> int:
    """Make the samples beside this file."""
    for path in make_samples(HERE):
        sys.stdout.write(f"{path.relative_to(HERE)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
