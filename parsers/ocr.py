"""Words of a picture by Tesseract, in its own process and under a time limit."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
from dataclasses import dataclass

from PIL import Image

from records.errors import ConverterUnavailable, TooLarge, Unreadable


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in pixels, the line it stands on, and how sure the engine is (0 to 100)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]
    sure: float


def find_engine() -> str | None:
    """The path of Tesseract's command, None where it is not installed."""
    return shutil.which("tesseract")


def read_words(picture: Image.Image, *, layout: int, dpi: int, seconds: float) -> list[Word]:
    """The words of a picture. `layout` is Tesseract's page segmentation mode.

    ConverterUnavailable without Tesseract, TooLarge when it takes too long, Unreadable when it fails.
    """
    engine = require_engine()
    command = [engine, "stdin", "stdout", "--psm", str(layout), "--dpi", str(dpi), "-l", "eng"]
    return _words(_run([*command, "-c", "tessedit_create_tsv=1"], picture, seconds))


def read_turn(picture: Image.Image, *, seconds: float) -> tuple[int, float]:
    """Degrees (clockwise) by which the picture must be turned to stand upright, and how sure that is."""
    engine = require_engine()
    with contextlib.suppress(Unreadable):
        answer = _run([engine, "stdin", "stdout", "--psm", "0", "-l", "osd"], picture, seconds)
        found = dict(line.split(":", 1) for line in answer.splitlines() if ":" in line)
        with contextlib.suppress(ValueError, KeyError):
            return int(found["Rotate"]), float(found["Orientation confidence"])
    return 0, 0.0


def require_engine(program: str | None = None) -> str:
    """The path of the engine; ConverterUnavailable with what to do when there is none."""
    engine = shutil.which(program) if program else find_engine()
    if engine is None:
        raise ConverterUnavailable(
            "This is a scan, and Tesseract, which reads pictures, is not installed.",
            hint="Install Tesseract and read the file again, or ask the agency for the Word document.",
        )
    return engine


def _run(command: list[str], picture: Image.Image, seconds: float) -> str:
    stream = io.BytesIO()
    picture.save(stream, "PPM")
    # one thread an engine: two documents at a time are faster than one with two threads
    environment = {**{key: os.environ[key] for key in ("PATH", "TESSDATA_PREFIX") if key in os.environ}}
    environment |= {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own words only; the picture goes in by the pipe
            command, input=stream.getvalue(), capture_output=True, timeout=seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise TooLarge("A scanned page took too long to read.") from error
    except OSError as error:
        raise ConverterUnavailable("Tesseract is installed but does not start.") from error
    if done.returncode:
        raise Unreadable("A scanned page could not be read.")
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> list[Word]:
    words = []
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        place = (int(cells[2]), int(cells[3]), int(cells[4]))
        words.append(Word(cells[11].strip(), left, top, left + width, top + height, place, float(cells[10])))
    return words
