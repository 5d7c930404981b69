"""Files that a person gives to the service by hand (`intake submit FILE…`). They stay where they are."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from intake.sources import Arrival, Refusal
from records.limits import DEFAULT_LIMITS, Limits
from records.submissions import SourceIdentity, SubmissionState


class UploadSource:
    """The given files, in the order given."""

    def __init__(self, files: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS) -> None:
        self._files = tuple(files)
        self._limits = limits
        self._refusals: tuple[Refusal, ...] = ()

    def scan(self) -> Iterator[Arrival]:
        """Each file that can be read; the others are refusals."""
        self._refusals = ()
        for file in self._files:
            try:
                status = file.stat()
                reason = self._reason_against(status.st_mode, status.st_size)
                data = b"" if reason else file.read_bytes()
            except OSError:
                reason, data = "The file cannot be read. Check its name and its permissions.", b""
            if reason:
                self._refusals = (*self._refusals, Refusal(str(file), reason))
                continue
            identity = SourceIdentity(source="upload", key=f"{sha256(data).hexdigest()}:{file.name}")
            yield Arrival(identity=identity, name=file.name, data=data, settle=_nothing_to_do)

    def refusals(self) -> tuple[Refusal, ...]:
        """The files of the last scan that could not be taken."""
        return self._refusals

    def settle(self, identity: SourceIdentity, state: SubmissionState) -> None:
        """A file given by hand stays where it is."""

    def _reason_against(self, mode: int, size: int) -> str:
        if not stat.S_ISREG(mode):
            return "This is not a file. Name the files in a folder one by one."
        if size > self._limits.file_bytes:
            return "The file is larger than this service accepts. Open it by hand, or raise the limit."
        return ""


def _nothing_to_do(_state: SubmissionState) -> None:
    """A file given by hand stays where it is."""
