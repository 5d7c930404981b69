"""The watched shared folder.

    scan      looks through the whole folder (that is the truth; events are only hints when to look), takes files that
              have been whole for a while, and touches nothing
    settle    once bytes and ledger row are committed: "received" moves the file by one atomic rename into the service's
              own area, a final state from there into a folder of the day. Nothing is ever deleted

A crash before the commit leaves the file where it lay; a crash after it gives the same arrival with the same identity
again, which the ledger knows. A file that was replaced between reading and claiming is put back and arrives anew.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from intake.folder_walk import fingerprint_of, look_through, read_unchanged
from intake.sources import Arrival, Refusal
from intake.stability import Fingerprint, StabilityTracker
from records.errors import FolderUnavailable, Misconfigured
from records.limits import DEFAULT_LIMITS, Limits
from records.submissions import SourceIdentity, SubmissionState

_CLAIMED, _PROCESSED, _ATTENTION = "claimed", "processed", "attention"
_AREAS: dict[SubmissionState, str] = {
    "received": _CLAIMED,
    "done": _PROCESSED,
    "ignored": _PROCESSED,
    "attention": _ATTENTION,
    "failed": _ATTENTION,
}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPlan:
    """Which folder is watched, and where the service keeps what it took. `read_only`: nothing is ever moved."""

    watched: Path
    own: Path
    read_only: bool = False
    stable_seconds: float = 10.0


class FolderSource:
    """The arrivals of one watched folder. `clock` gives monotonic seconds, `today` the date of the dated folders."""

    def __init__(
        self,
        plan: FolderPlan,
        *,
        clock: Callable[[], float],
        today: Callable[[], date],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._plan = plan
        self._clock = clock
        self._today = today
        self._limits = limits
        self._tracker = StabilityTracker(plan.stable_seconds)
        self._refusals: tuple[Refusal, ...] = ()
        self._settled: dict[str, Fingerprint] = {}
        self._recovered = False
        self._waiting = 0

    def check(self) -> None:
        """Misconfigured where the folders overlap or a file could not be moved atomically; makes the own area."""
        refuse_overlap(self._plan.watched, self._plan.own)
        if not self._plan.watched.is_dir():
            raise FolderUnavailable("The shared folder does not exist.", hint="Create it, or correct the settings.")
        if self._plan.read_only:
            return
        for area in (_CLAIMED, _PROCESSED, _ATTENTION):
            (self._plan.own / area).mkdir(parents=True, exist_ok=True)
        if self._plan.watched.stat().st_dev != self._plan.own.stat().st_dev:
            raise Misconfigured(
                "The shared folder and the service's own area are on different drives.",
                hint="Put the own area on the same share as the watched folder, beside it.",
            )

    def scan(self) -> Iterator[Arrival]:
        """The files that are whole now, oldest change first, each with its bytes."""
        if not self._recovered and not self._plan.read_only:
            self._put_back_unknown_claims()
            self._recovered = True
        seen = look_through(self._plan.watched)
        self._refusals = tuple(seen.refusals)
        whole = self._tracker.observe(self._clock(), seen.files)
        self._waiting = len(seen.files) - len(whole)
        for path in whole:
            fingerprint = seen.files[path]
            if self._settled.get(path) == fingerprint:
                continue
            arrival = self._take(path, fingerprint)
            if arrival is not None:
                yield arrival

    def refusals(self) -> tuple[Refusal, ...]:
        """What the last scan saw and did not take."""
        return self._refusals

    def still_changing(self) -> int:
        """How many files the last scan saw that were not whole for long enough yet."""
        return self._waiting

    def settle(self, identity: SourceIdentity, state: SubmissionState) -> None:
        """Move what was claimed for this submission to where its state belongs."""
        if self._plan.read_only or _AREAS[state] == _CLAIMED:
            return
        try:
            for claim in self._claims(identity.key):
                for file in _files_below(claim):
                    _move_beside(file, self._dated(state) / file.relative_to(claim))
                _tidy(claim)
        except OSError as error:
            raise FolderUnavailable("The service's own area of the shared folder cannot be written to.") from error

    def _take(self, path: str, fingerprint: Fingerprint) -> Arrival | None:
        if fingerprint.size > self._limits.file_bytes:
            self._refuse(path, "The file is larger than this service accepts. Open it by hand, or raise the limit.")
            return None
        try:
            data = read_unchanged(self._plan.watched / path, fingerprint)
        except FileNotFoundError:
            return None
        except OSError:
            self._refuse(path, "The file cannot be read now; another program may hold it open. It is tried again.")
            return None
        if data is None:
            return None
        place = PurePosixPath(_shown(path))
        identity = SourceIdentity(source="folder", key=_key(sha256(data).hexdigest(), path))
        return Arrival(
            identity=identity,
            name=place.name,
            data=data,
            folder_hint=place.parts[:-1],
            settle=partial(self._settle_taken, path, fingerprint, identity),
        )

    def _refuse(self, path: str, reason: str) -> None:
        self._refusals = (*self._refusals, Refusal(_shown(path), reason))

    def _settle_taken(
        self, path: str, fingerprint: Fingerprint, identity: SourceIdentity, state: SubmissionState
    ) -> None:
        if self._plan.read_only:
            self._settled[path] = fingerprint
            return
        self._claim(path, fingerprint, identity)
        self.settle(identity, state)

    def _claim(self, path: str, fingerprint: Fingerprint, identity: SourceIdentity) -> None:
        """Rename the file into the own area, unless it has gone; put it back when it is not the one that was read."""
        source = self._plan.watched / path
        if not os.path.lexists(source):
            return
        claim = self._new_claim(identity.key)
        claimed = claim / path
        try:
            claimed.parent.mkdir(parents=True, exist_ok=True)
            source.rename(claimed)
            if fingerprint_of(claimed.lstat()) != fingerprint and _key(_hash(claimed), path) != identity.key:
                _move_beside(claimed, source)
        except FileNotFoundError:
            pass  # Another worker has claimed it, or somebody took it out again; its bytes are committed.
        except OSError as error:
            raise FolderUnavailable("A file in the shared folder cannot be moved now.") from error
        _tidy(claim)

    def _new_claim(self, key: str) -> Path:
        """A folder for one claim that no other worker has: its making is what decides between two."""
        number = 1
        while True:
            claim = self._plan.own / _CLAIMED / f"{_claim_name(key)}-{number}"
            try:
                claim.mkdir(parents=True)
            except FileExistsError:
                number += 1
            except OSError as error:
                raise FolderUnavailable("The service's own area of the shared folder cannot be written to.") from error
            else:
                return claim

    def _claims(self, key: str) -> list[Path]:
        return sorted((self._plan.own / _CLAIMED).glob(f"{_claim_name(key)}-*"))

    def _dated(self, state: SubmissionState) -> Path:
        return self._plan.own / _AREAS[state] / self._today().isoformat()

    def _put_back_unknown_claims(self) -> None:
        """Files claimed just before a crash that turn out not to be the ones that were read arrive anew."""
        for claim in sorted((self._plan.own / _CLAIMED).glob("*-*")):
            for file in _files_below(claim):
                path = file.relative_to(claim).as_posix()
                if _claim_name(_key(_hash(file), path)) != claim.name.rpartition("-")[0]:
                    _move_beside(file, self._plan.watched / path)
            _tidy(claim)


def refuse_overlap(*folders: Path) -> None:
    """Misconfigured when one of these folders is, or lies in, another."""
    resolved = [folder.resolve() for folder in folders]
    for number, folder in enumerate(resolved):
        for other in resolved[number + 1 :]:
            if folder.is_relative_to(other) or other.is_relative_to(folder):
                raise Misconfigured(
                    f"The folders {folder} and {other} overlap.",
                    hint="Give each its own place, none inside another.",
                )


def _key(digest: str, path: str) -> str:
    """The same file under the same path is the same arrival, however a system writes its accents."""
    return f"{digest}:{unicodedata.normalize('NFC', _shown(path))}"


def _shown(path: str) -> str:
    """The path as text; bytes of it that are no text (possible on Linux shares) are replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _claim_name(key: str) -> str:
    return sha256(key.encode("utf-8")).hexdigest()[:32]


def _hash(file: Path) -> str:
    if file.is_symlink():
        return ""
    digest = sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _move_beside(file: Path, wanted: Path) -> None:
    """Move a file to a place of this name, or of this name with " (2)" and so on; never over another file."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        place = wanted if number == 1 else wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        try:
            # An empty file reserves the name against other workers; the rename then takes its place in one step.
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o640))
        except FileExistsError:
            number += 1
            continue
        try:
            file.replace(place)
        except OSError as error:
            place.unlink()
            if isinstance(error, FileNotFoundError):
                return  # Another worker moved it first.
            raise
        return


def _tidy(claim: Path) -> None:
    """Remove the folders of a claim that hold nothing any more."""
    for folder in sorted((path for path in claim.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
    with contextlib.suppress(OSError):
        claim.rmdir()
