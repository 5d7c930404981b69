"""Other formats by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FILTERS = {"pdf": "pdf", "odt": "odt", "doc": "doc:MS Word 97", "rtf": "rtf"}


def available() -> bool:
    return shutil.which("soffice") is not None


def convert(files: list[Path], kind: str) -> None:
    """Write each file again beside itself as `kind`, and remove the original."""
    if not files:
        return
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", FILTERS[kind]]
        for start in range(0, len(files), 20):
            part = files[start : start + 20]
            subprocess.run(
                [*command, "--outdir", str(part[0].parent), *map(str, part)],
                check=True,
                capture_output=True,
                timeout=600,
            )
    for file in files:
        if not file.with_suffix(f".{kind}").exists():
            raise FileNotFoundError(f"LibreOffice did not write {file.stem}.{kind}; run it again by hand to see why.")
        file.unlink()
