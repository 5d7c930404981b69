"""What arrives in the demonstration, and when: the sample story, put into the shared folder piece by piece."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import date, datetime, time
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

from mailbox_config.calendar import LONDON

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that arrives: the moment, where it lies among the samples, where it is put in the shared folder."""

    at: datetime
    source: Path
    place: str

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def is_mail(self) -> bool:
        return self.source.suffix == ".eml"

    def put_into(self, folder: Path) -> None:
        """Copy it into the shared folder, whole or not at all."""
        target = folder / self.place
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f"~${target.name}")
        shutil.copyfile(self.source, half)
        half.replace(target)


def story(folder: Path) -> tuple[Piece, ...]:
    """The pieces in the order of their arrival: a folder a day, an e-mail at its own time, a file at noon."""
    found = [
        Piece(_moment(path, date.fromisoformat(day.name)), path, path.relative_to(day).as_posix())
        for day in sorted(folder.iterdir())
        if day.is_dir()
        for path in sorted(day.rglob("*"))
        if path.is_file()
    ]
    return tuple(sorted(found, key=lambda piece: (piece.at, piece.place)))


def identity_of(pieces: tuple[Piece, ...]) -> str:
    """A digest of the whole story: another one is another demonstration."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(f"{piece.at.isoformat()} {piece.place}\n".encode())
        digest.update(hashlib.sha256(piece.source.read_bytes()).digest())
    return digest.hexdigest()


def _moment(path: Path, day: date) -> datetime:
    if path.suffix != ".eml":
        return datetime.combine(day, _NOON, LONDON)
    with path.open("rb") as file:
        written = BytesHeaderParser(policy=default).parse(file)["Date"]
    sent = written.datetime.astimezone(LONDON) if written is not None and written.datetime is not None else None
    return datetime.combine(day, sent.time() if sent else _NOON, LONDON)
