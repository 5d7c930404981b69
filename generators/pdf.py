"""A Word file of our own as PDF, through LibreOffice where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf

from generators.shown import lost_words

_SECONDS = 90
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


def to_pdf(docx: bytes, *, seconds: float = _SECONDS) -> bytes | None:
    """The document as tagged PDF; None where LibreOffice is not installed, or gives none that shows every word in time.

    Only for documents that we made ourselves: what arrives from outside is opened under stricter limits elsewhere.
    """
    return all_to_pdf((docx,), seconds=seconds)[0]


def all_to_pdf(documents: Sequence[bytes], *, seconds: float = _SECONDS) -> tuple[bytes | None, ...]:
    """Each of the documents as `to_pdf` gives it, all in one run of LibreOffice; the time is that of the whole run."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None or not documents:
        return (None,) * len(documents)
    with tempfile.TemporaryDirectory(prefix="letter-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        given = [room / f"letter-{number:04}.docx" for number in range(len(documents))]
        for path, docx in zip(given, documents, strict=True):
            path.write_bytes(docx)
        _run(_command(program, room, given), room, seconds)
        return tuple(_whole(docx, path.with_suffix(".pdf")) for path, docx in zip(given, documents, strict=True))


def _whole(docx: bytes, made: Path) -> bytes | None:
    """The PDF that was made; None when there is none, or when it lacks a word of the document."""
    if not made.is_file():
        return None
    pdf = _steady(made.read_bytes())
    return None if lost_words(docx, pdf) else pdf


def _command(program: str, room: Path, documents: Sequence[Path]) -> list[str]:
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
        *map(str, documents),
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
