"""Looks through a shared folder without following links, and reads a file only if it stays the same meanwhile."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from intake.sources import Refusal
from intake.stability import Fingerprint
from records.errors import FolderUnavailable

_PASSING_ENDS = (".tmp", ".crdownload", ".part", ".partial", ".download", ".lock", ".swp")
_PASSING_STARTS = ("~$", ".~lock.", "._", ".nfs", ".goutputstream", ".fuse_hidden", ".smbdelete")
_SYSTEM_FILES = frozenset(("thumbs.db", ".ds_store", "desktop.ini"))
_SYSTEM_FOLDERS = frozenset(
    ("$recycle.bin", "system volume information", "lost+found", "@eadir", ".snapshot", "#recycle")
)
_DEEPEST = 30


@dataclass(slots=True)
class Seen:
    """What stands in a folder: files by their path below it, in order, and what was refused."""

    files: dict[str, Fingerprint] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def is_passing(name: str) -> bool:
    """Whether this is a lock file, a half-written file or a system's own file, which is left alone."""
    lower = name.lower()
    return lower in _SYSTEM_FILES or lower.startswith(_PASSING_STARTS) or lower.endswith(_PASSING_ENDS)


def look_through(root: Path) -> Seen:
    """Every regular file below the folder; FolderUnavailable when the folder itself cannot be looked at."""
    seen = Seen()
    waiting = [()]  # type: list[tuple[str, ...]]
    while waiting:
        parts = waiting.pop()
        try:
            with os.scandir(root.joinpath(*parts)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if not parts:
                raise FolderUnavailable("The shared folder cannot be reached.") from error
            seen.refusals.append(Refusal("/".join(parts), "The folder cannot be opened; check its permissions."))
            continue
        for entry in entries:
            _look_at(entry, (*parts, entry.name), seen, waiting)
    return seen


def _look_at(entry: os.DirEntry[str], parts: tuple[str, ...], seen: Seen, waiting: list[tuple[str, ...]]) -> None:
    path = "/".join(parts)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return  # It went away between the listing and the look; the next scan sees what is there then.
    if stat.S_ISLNK(status.st_mode) or (hasattr(entry, "is_junction") and entry.is_junction()):
        seen.refusals.append(Refusal(path, "This is a link, not a file. Put the file itself into the folder."))
    elif stat.S_ISDIR(status.st_mode):
        if entry.name.lower() in _SYSTEM_FOLDERS or entry.name.startswith(".Trash"):
            return
        if len(parts) > _DEEPEST:
            seen.refusals.append(Refusal(path, "The folders are nested too deeply. Move the files further up."))
        else:
            waiting.append(parts)
    elif not stat.S_ISREG(status.st_mode):
        seen.refusals.append(Refusal(path, "This is not a file that can be read. Remove it from the folder."))
    elif not is_passing(entry.name):
        seen.files[path] = fingerprint_of(status)


def fingerprint_of(status: os.stat_result) -> Fingerprint:
    return Fingerprint(status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev)


def read_unchanged(path: Path, expected: Fingerprint) -> bytes | None:
    """The bytes of the file as it was when seen; None when it is another one, or changed while it was read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - opened by descriptor, so that no link is followed
        if fingerprint_of(os.fstat(descriptor)) != expected:
            return None
        data = stream.read(expected.size + 1)
        if len(data) != expected.size or fingerprint_of(os.fstat(descriptor)) != expected:
            return None
    try:
        return data if fingerprint_of(path.lstat()) == expected else None
    except FileNotFoundError:
        return None
