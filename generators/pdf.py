"""A Word file of our own as PDF, through LibreOffice where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf

_SECONDS = 90
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


def to_pdf(docx: bytes, *, seconds: float = _SECONDS) -> bytes | None:
    """The document as tagged PDF; None where LibreOffice is not installed, or gives none in time.

    Only for documents that we made ourselves: what arrives from outside is opened under stricter limits elsewhere.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="letter-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        (room / "letter.docx").write_bytes(docx)
        _run(_command(program, room), room, seconds)
        made = room / "letter.pdf"
        return _steady(made.read_bytes()) if made.is_file() else None


def _command(program: str, room: Path) -> list[str]:
    options = {"UseTaggedPDF": {"type": "boolean", "value": "true"}}
    return [
        program,
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(options)}",
        "--outdir",
        str(room),
        str(room / "letter.docx"),
    ]


def _run(command: list[str], room: Path, seconds: float) -> None:
    """Run to the end or to the time limit; the whole process group ends with it."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"HOME": str(room)}
    process = subprocess.Popen(  # noqa: S603 - a fixed program on a file of our own
        command,
        cwd=room,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _steady(pdf: bytes) -> bytes:
    """The PDF without the moment of its making, so that the same letter gives the same bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for key in ("/CreationDate", "/ModDate"):
            if key in document.docinfo:
                del document.docinfo[key]
        for holder, key in (
            (document.Root, "/Metadata"),
            (document.trailer, "/DocChecksum"),
            (document.trailer, "/ID"),
        ):
            if key in holder:
                del holder[key]
        document.save(out, deterministic_id=True)
    return out.getvalue()
