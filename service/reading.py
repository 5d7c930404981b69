"""From a file to what `intake read` prints: opened, read, joined, checked. Changes nothing and never raises on a file.

What stands inside an e-mail or archive is read document by document and joined into one result; each place then says
in which of the files it stood.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from intake.opening import Opened, OpenedPart, open_submission
from mailbox_config.policy import RulePolicy
from records.checking import Checkable
from records.limits import DEFAULT_LIMITS, Limits
from records.results import PlacedText, ReadResult, ReadReturn, Unplaced
from rules.engine import check_return

Reader = Callable[[bytes, str], ReadResult]
"""Reads one document of one kind; ends in an outcome, whatever the bytes are."""

PICTURES = frozenset(("png", "jpg", "gif", "bmp", "webp", "tiff", "heic"))
_TEXT = frozenset(("text", "html"))
_SOME_BYTES = 1 << 20
_NOT_A_FORM = ("E-UNRECOGNISED", "E-UNSUPPORTED", "E-EMPTY")


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: by whom, within which limits, checked as of which day and by which policy."""

    reader: Reader
    today: date
    limits: Limits = DEFAULT_LIMITS
    policy: RulePolicy = field(default_factory=dict)


def read_file(path: Path, reading: Reading) -> ReadResult:
    """The outcome for one file; a file that is not there or cannot be opened is rejected like any other."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            return _rejected("", "This is a folder, not a file. Name the files in it.", "E-UNREADABLE")
        if size > reading.limits.file_bytes:
            return _rejected(
                _digest(path), "The file is larger than this service accepts. Open it by hand.", "E-TOO-LARGE"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return _rejected("", "There is no such file. Check the name and the folder.", "E-UNREADABLE")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is not a file name"
        return _rejected("", f"The file cannot be opened ({why}). Check its name and permissions.", "E-UNREADABLE")
    return read_bytes(data, path.name, reading)


def read_files(paths: Sequence[Path], reading: Reading, *, threads: int = 1) -> Iterator[ReadResult]:
    """The outcomes in the order of the files, several read at the same time, each given as soon as it is its turn."""
    ahead: deque[Future[ReadResult]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="file") as pool:
        for path in paths:
            ahead.append(pool.submit(read_file, path, reading))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def read_bytes(data: bytes, name: str, reading: Reading) -> ReadResult:
    """`read_file` for bytes that are here already."""
    sha256 = hashlib.sha256(data).hexdigest()
    opened = open_submission(data, name, limits=reading.limits)
    if len(opened.parts) == 1 and opened.parts[0].depth == 0:
        result = _read_part(opened.parts[0], reading.reader)
        result = replace(result, sha256=sha256)
    else:
        result = join(opened, [_read_part(part, reading.reader) for part in opened.parts], sha256)
    return checked(result, reading)


def checked(result: ReadResult, reading: Reading) -> ReadResult:
    """The same result with what the rules say of each return by itself, case and agency not known."""
    returns = [
        replace(
            one,
            findings=check_return(
                Checkable(
                    returned=one, received_on=reading.today, file_kind=result.kind, notices=tuple(result.notices)
                ),
                reading.policy,
            ),
        )
        for one in result.returns
    ]
    return replace(result, returns=returns)


def join(opened: Opened, results: Sequence[ReadResult], sha256: str) -> ReadResult:
    """One result from those of the parts of an e-mail or archive, in the order of the parts."""
    pairs = list(zip(opened.parts, results, strict=True))
    returns = [_placed_inside(one, part) for part, result in pairs for one in result.returns]
    if not returns:
        return _nothing(opened, pairs, sha256)
    returns[0] = replace(returns[0], unplaced=[*returns[0].unplaced, *_covering_text(pairs)])
    left_out = [part for part, result in pairs if not result.returns and _could_be_a_return(part)]
    sure = all(one.outcome == "read" for _, one in pairs if one.returns)
    whole = sure and not left_out and not any(one.unplaced for one in returns)
    return ReadResult(
        sha256=sha256,
        outcome="read" if whole else "needs_review",
        reason=_left_out_reason(left_out, pairs) if left_out else _first_reason(pairs),
        returns=returns,
        kind="eml" if opened.message else "zip",
        notices=list(dict.fromkeys(notice for _, result in pairs for notice in result.notices)),
        properties=next((result.properties for _, result in pairs if result.properties), {}),
        text_excerpt=next((result.text_excerpt for _, result in pairs if result.returns), ""),
    )


def _read_part(part: OpenedPart, reader: Reader) -> ReadResult:
    sha256 = hashlib.sha256(part.data).hexdigest()
    if part.problem:
        return _rejected(sha256, part.reason, part.problem, kind=part.kind)
    if part.inline and part.kind in PICTURES:
        return _rejected(sha256, "A picture in the message's text, not a document.", "E-UNRECOGNISED", kind=part.kind)
    return reader(part.data, part.kind)


def _could_be_a_return(part: OpenedPart) -> bool:
    return not part.is_body and not (part.inline and part.kind in PICTURES)


def _placed_inside(returned: ReadReturn, part: OpenedPart) -> ReadReturn:
    """The return with the name of its file in front of every place."""
    inner = part.path.split(" > ", 1)[1] if " > " in part.path else part.name

    def inside(where: str) -> str:
        return f"{inner}: {where}" if where else inner

    places = {
        path: PlacedText(placed.text, replace(placed.place, where=inside(placed.place.where)), placed.label)
        for path, placed in returned.places.items()
    }
    unplaced = [Unplaced(one.text, inside(one.where)) for one in returned.unplaced]
    return replace(returned, places=places, unplaced=unplaced)


def _covering_text(pairs: Iterable[tuple[OpenedPart, ReadResult]]) -> Iterator[Unplaced]:
    """What people wrote in the message itself, where that is not a return."""
    for part, result in pairs:
        if part.is_body and part.kind in _TEXT and not result.returns:
            text = (result.text_excerpt if part.kind == "html" else part.data.decode("utf-8", "replace")).strip()
            if text:
                yield Unplaced(text, part.path.split(" > ", 1)[-1])


def _nothing(opened: Opened, pairs: Sequence[tuple[OpenedPart, ReadResult]], sha256: str) -> ReadResult:
    """Why there is no return: the wrapper, else the file that most likely should have been one."""
    kind = "eml" if opened.message else "zip"
    if opened.wrapper is not None:
        return _rejected(sha256, opened.wrapper.reason, "E-UNRECOGNISED", kind=kind)
    tried = [(part, result) for part, result in pairs if _could_be_a_return(part)]
    telling = [(part, result) for part, result in tried if result.code not in _NOT_A_FORM] or tried
    if not telling:
        return _rejected(
            sha256, "There is no document inside. Ask for the form as an attachment.", "E-EMPTY", kind=kind
        )
    waiting = [(part, result) for part, result in tried if result.outcome == "needs_review"]
    part, result = (waiting or telling)[0]
    more = f" ({len(tried)} files were looked at.)" if len(tried) > 1 else ""
    reason = f"{part.name}: {result.reason or 'not a form.'}{more}"
    return ReadResult(sha256, result.outcome, reason=reason, code=result.code, kind=kind)


def _left_out_reason(left_out: Sequence[OpenedPart], pairs: Iterable[tuple[OpenedPart, ReadResult]]) -> str:
    reasons = {part.path: result.reason for part, result in pairs}
    named = "; ".join(f"{part.name}: {reasons[part.path] or 'not a form.'}" for part in left_out[:3])
    more = f" and {len(left_out) - 3} more" if len(left_out) > 3 else ""
    return f"Not everything inside is a return: {named}{more}"


def _first_reason(pairs: Iterable[tuple[OpenedPart, ReadResult]]) -> str | None:
    return next((result.reason for _, result in pairs if result.returns and result.reason), None)


def _rejected(sha256: str, reason: str, code: str, *, kind: str = "") -> ReadResult:
    return ReadResult(sha256=sha256, outcome="rejected", reason=reason, code=code, kind=kind)


def _digest(path: Path) -> str:
    """The SHA-256 of a file that is too large to be held."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_SOME_BYTES):
            digest.update(block)
    return digest.hexdigest()
