"""What runs on the other side of `parsers.worker`: one template process, and the workers it forks.

The template imports the readers once and then forks a worker for each request, so that a fresh worker costs
milliseconds. A worker reads one document after the other under limits it sets itself before it sees a byte of them; it
has no network, starts no programs but the named converters, and writes no files except for those.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import pickle
import resource
import shutil
import signal
import socket
import struct
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from typing import Any

from records.errors import InputProblem, ReaderStopped, TooLarge
from records.limits import Limits
from records.results import ReadResult

PLAIN_KINDS = frozenset(
    ("docx", "xlsx", "csv", "text", "eml", "msg", "tnef", "zip", "empty", "other", "encrypted_office")
)
"""Kinds that are read without any other program: for them no process is started and no file written at all."""
CONVERTERS = frozenset(
    ("true", "soffice", "soffice.bin", "libreoffice", "tesseract", "ocrmypdf", "pdftoppm", "pdftotext", "gs", "unpaper")
)

SPAWN, WAIT = b"s", b"w"
NUMBER = struct.Struct("<i")
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CONVERTER_FILE_BYTES = 1_000_000_000
_PROCESS_EVENTS = frozenset(("os.system", "os.fork", "os.forkpty", "pty.spawn"))
_PROGRAM_EVENTS = frozenset(("subprocess.Popen", "os.posix_spawn", "os.exec"))
_CHANGE_EVENTS = frozenset(
    ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown")
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK_EVENTS = frozenset(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"))


@dataclass(frozen=True, slots=True)
class Setup:
    """What the template is told once. `target` and `prepare` are functions, as "package.module:function"."""

    target: str
    prepare: str
    """Called once without arguments before any worker is forked, to fill caches that all of them then share."""
    limits: Limits
    wordings: Any
    path: tuple[str, ...]
    """The import path of the service."""


class _Guard:
    """The audit hook of a worker: what the Python side of a reader may not do. It cannot be taken off again."""

    def __init__(self) -> None:
        self.may_convert = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and not self.may_convert and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            raise PermissionError("a reader writes no files")
        if event in _CHANGE_EVENTS and not self.may_convert:
            raise PermissionError("a reader changes no files")
        if event in _NETWORK_EVENTS:
            raise PermissionError("a reader has no network")
        if event in _PROCESS_EVENTS:
            raise PermissionError("a reader starts no programs")
        if event in _PROGRAM_EVENTS and not (self.may_convert and _program(arguments) in CONVERTERS):
            raise PermissionError("a reader starts no programs but the named converters")


def _program(arguments: tuple[Any, ...]) -> str:
    """The name of the program to be started; `unshare … --` only takes the network away from the one it names."""
    name = PurePath(os.fsdecode(arguments[0] or b"")).name
    words = [os.fsdecode(word) for word in arguments[1]] if isinstance(arguments[1], (list, tuple)) else []
    if name == "unshare" and "--" in words[:-1]:
        return PurePath(words[words.index("--") + 1]).name
    return name


def template(control: socket.socket, setup: Setup) -> None:
    """Serve requests for workers until the service closes its end."""
    sys.path[:] = setup.path
    _leave_network()
    read = _load(setup.target)
    if setup.prepare:
        _load(setup.prepare)()
    gc.collect()
    gc.freeze()
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    workers: set[int] = set()
    with tempfile.TemporaryDirectory(prefix="readers-", ignore_cleanup_errors=True) as rooms:
        while True:
            command, descriptors, _, _ = socket.recv_fds(control, 1 + NUMBER.size, 1)
            if command[:1] == SPAWN and descriptors:
                pid = os.fork()
                if pid == 0:
                    control.close()
                    _run(Connection(descriptors[0]), read, setup, room=Path(rooms))
                os.close(descriptors[0])
                workers.add(pid)
                control.sendall(NUMBER.pack(pid))
            elif command[:1] == WAIT and len(command) == 1 + NUMBER.size:
                pid = NUMBER.unpack(command[1:])[0]
                status = _exit_status(pid)
                workers.discard(pid)
                _end_orphans(workers)
                shutil.rmtree(Path(rooms, str(pid)), ignore_errors=True)
                control.sendall(NUMBER.pack(status))
            else:
                break
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _exit_status(pid)
        _end_orphans(set())


def _exit_status(pid: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return 0


def _end_orphans(workers: set[int]) -> None:
    """End the converters that a dead worker left behind, also those that made a session of their own."""
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    for _ in range(20):
        try:
            orphans = {int(pid) for pid in listing.read_text(encoding="ascii").split()} - workers
        except OSError:
            return
        for pid in orphans:
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    kill(pid, signal.SIGKILL)
            _exit_status(pid)
        if not orphans:
            return


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value)


def _load(target: str) -> Callable[..., Any]:
    module, _, function = target.partition(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


def _run(connection: Connection, read: Callable[..., ReadResult], setup: Setup, *, room: Path) -> None:
    """The life of one worker; never returns. What it writes lies in a folder of its own, which goes when it goes."""
    os.setsid()
    own = room / str(os.getpid())
    own.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    with Path(os.devnull).open("wb") as nowhere:
        # Libraries print to these, and may print what they read.
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    with contextlib.suppress(OSError):
        # Where memory runs out for the whole machine, the reader goes and not the service.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _set_soft(resource.RLIMIT_AS, setup.limits.memory_bytes)
    guard = _Guard()
    sys.addaudithook(guard)
    more = True
    while more:
        try:
            kind = connection.recv_bytes(100).decode("ascii")
            data = connection.recv_bytes()
        except (EOFError, OSError):
            break
        guard.may_convert = kind not in PLAIN_KINDS
        _limit_next_document(setup.limits, may_convert=guard.may_convert)
        result, more = _read_one(read, data, kind, setup)
        with contextlib.suppress(OSError):
            connection.send_bytes(result)
    os._exit(0)


def _read_one(read: Callable[..., ReadResult], data: bytes, kind: str, setup: Setup) -> tuple[bytes, bool]:
    """The pickled result of one document, and whether this worker may read another after it."""
    more = True
    local = {} if setup.wordings is None else {"wordings": setup.wordings}
    try:
        result = read(data, kind, limits=setup.limits, **local)
        packed = pickle.dumps(result)
        if len(packed) > setup.limits.output_bytes:
            raise TooLarge("What was read from the file is larger than this service accepts.")
        return packed, more
    except InputProblem as problem:
        result = rejected(data, kind, problem)
    except MemoryError:
        result = rejected(data, kind, TooLarge("Reading the file takes more memory than this service allows."))
        more = False
    except Exception as error:  # noqa: BLE001 - the worker loop: one document is lost, not the queue
        result = rejected(data, kind, ReaderStopped())
        # The class alone: the message of an exception may quote the document.
        result.notices.append(f"stopped:{type(error).__name__}")
    return pickle.dumps(result), more


def rejected(data: bytes, kind: str, problem: InputProblem) -> ReadResult:
    """The outcome of a document that could not be read."""
    return ReadResult(sha256(data).hexdigest(), "rejected", reason=str(problem), code=problem.code, kind=kind)


def _limit_next_document(limits: Limits, *, may_convert: bool) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds)
    _set_soft(resource.RLIMIT_FSIZE, _CONVERTER_FILE_BYTES if may_convert else 0)
    # Counted for the whole user, and not for root: it only ever stops what the guard did not see.
    hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    resource.setrlimit(resource.RLIMIT_NPROC, (hard if may_convert else 0, hard))


def _set_soft(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (soft, hard))


def _leave_network() -> bool:
    """Whether this process now lives in a network of its own, without a way out."""
    user, group = os.getuid(), os.getgid()
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    if unshare(_CLONE_NEWNET) == 0:
        return True
    if unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    return True


def main() -> None:
    """Started by `parsers.worker`: the set-up on standard input, the control socket by its number."""
    setup = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by our own service, never by a document
    with socket.socket(fileno=int(sys.argv[1])) as control:
        template(control, setup)


if __name__ == "__main__":
    main()
