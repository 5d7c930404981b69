"""Takes the files out of a zip archive, one level, within the budget; none is ever written under its own name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from intake.unfolding import Budget, Child, plain_name
from intake.zip_index import read_index
from records.errors import Encrypted, InputProblem, TooLarge, Unreadable
from records.limits import Limits

_CHUNK = 1 << 18
_FREE_RATIO_BYTES = 1 << 20
"""Members up to this size may fold as well as they like (an empty spreadsheet folds 1:1000)."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
_SYSTEM_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


def unfold_zip(data: bytes, budget: Budget) -> Iterator[Child]:
    """The members in the archive's order, each with its bytes or its problem.

    Raises Unreadable or TooLarge when the archive as a whole cannot be opened; a single bad member costs only itself.
    """
    read_index(data, most=budget.limits.zip_members)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, zipfile.LargeZipFile) as error:
        raise Unreadable("The archive is damaged or was cut short.") from error
    seen: set[str] = set()
    with archive:
        for number, member in enumerate(archive.infolist(), start=1):
            if member.is_dir() or _is_system_file(member.filename):
                continue
            name = plain_name(member.filename, otherwise=f"file {number}")
            note = _oddity(member.filename, member.filename in seen)
            seen.add(member.filename)
            try:
                content = _read_member(archive, member, budget)
            except TooLarge as problem:
                yield Child.failed(name, problem)
                if budget.bytes_left == 0:
                    return
            except InputProblem as problem:
                yield Child.failed(name, problem)
            else:
                yield Child(name=name, data=content, reason=note)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    if member.flag_bits & 1:
        raise Encrypted("This file in the archive is protected with a password.")
    chunks, size = [], 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                budget.take_bytes(len(chunk))
                _check_size(size, member.compress_size, budget.limits)
                chunks.append(chunk)
    except _DAMAGE as error:
        raise Unreadable("This file in the archive is damaged.") from error
    return b"".join(chunks)


def _check_size(size: int, folded: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise TooLarge("This file in the archive is larger than this service accepts.")
    if size > _FREE_RATIO_BYTES and size > folded * limits.zip_ratio:
        raise TooLarge("This file in the archive unfolds to far more than a form ever holds.")


def _is_system_file(name: str) -> bool:
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    return name.startswith("__MACOSX/") or last in _SYSTEM_NAMES or last.startswith("._")


def _oddity(name: str, is_repeated: bool) -> str:
    """One sentence on what is odd about a member's name, "" for nothing."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or (len(parts[0]) == 2 and parts[0][1:] == ":"):
        return "Its name in the archive pointed to a place outside the archive; only the file name was kept."
    return "The archive holds more than one file with this name." if is_repeated else ""
