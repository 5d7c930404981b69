"""Reads documents in limited worker processes: a hang, a crash or a memory blow-up costs one document and names it."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from parsers.worker_process import NUMBER, SPAWN, WAIT, Setup, rejected
from records.errors import InputProblem, ReaderStopped, TooLarge, TooSlow, Unavailable
from records.limits import DEFAULT_LIMITS, Limits
from records.results import ReadResult

READ_DOCUMENT = "parsers.read:read_document"

_KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "XDG_RUNTIME_DIR")
"""All that a reader sees of the environment; the service's secrets are not in it."""
_DOCUMENTS_PER_WORKER = 500
"""Then a worker is replaced, so that what a library leaks stays small."""


@dataclass(slots=True)
class _Worker:
    pid: int
    connection: Connection
    documents: int = 0


class ReaderPool:
    """A few workers that read one document at a time each. Safe to call from several threads.

    `target` names the function that reads ("module:function", called as `read(data, kind, limits=…)`, with `wordings=…`
    where there are any); `prepare` one that fills the caches of that function once for all workers.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        *,
        workers: int = 2,
        target: str = READ_DOCUMENT,
        prepare: str = "",
        wordings: Any = None,
    ) -> None:
        self._limits = limits
        self._count = workers
        self._setup = Setup(target=target, prepare=prepare, limits=limits, wordings=wordings, path=tuple(sys.path))
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._idle.put(None)
        self._template = _Template(self._setup)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; documents being read by other threads are given up."""
        while True:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                break
            if worker is not None:
                self._end(worker)
        self._template.close()

    def read(self, data: bytes, kind: str) -> ReadResult:
        """What is in one document. Never raises on what was sent: a reader that fails gives a rejection."""
        worker = self._idle.get()
        left: _Worker | None = None
        try:
            worker = worker or self._template.start_worker()
            result, left = self._ask(worker, data, kind)
        except BaseException:
            if worker is not None:
                self._end(worker)
            raise
        finally:
            self._idle.put(left)
        return result

    def read_many(self, documents: Iterable[tuple[bytes, str]]) -> Iterator[ReadResult]:
        """The results of (bytes, kind) in the order given, read by all workers, a few documents ahead of the caller."""
        waiting: deque[Future[ReadResult]] = deque()
        with ThreadPoolExecutor(self._count, thread_name_prefix="reading") as threads:
            for data, kind in documents:
                waiting.append(threads.submit(self.read, data, kind))
                if len(waiting) > 2 * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _ask(self, worker: _Worker, data: bytes, kind: str) -> tuple[ReadResult, _Worker | None]:
        """The result, and the worker when it can go on."""
        connection = worker.connection
        try:
            connection.send_bytes(kind.encode("ascii"))
            connection.send_bytes(data)
            if not connection.poll(self._limits.wall_seconds):
                self._end(worker)
                return rejected(data, kind, TooSlow()), None
            result = _unpack(connection.recv_bytes(self._limits.output_bytes + 1_000_000))
        except (EOFError, OSError, pickle.UnpicklingError):
            return rejected(data, kind, _problem(self._end(worker))), None
        worker.documents += 1
        if worker.documents >= _DOCUMENTS_PER_WORKER or result.code in (ReaderStopped.code, TooLarge.code):
            self._end(worker)
            return result, None
        return result, worker

    def _end(self, worker: _Worker) -> int:
        """Kill a worker and the converters it started; how it had ended by itself (a negative signal) if it had."""
        worker.connection.close()
        return self._template.end_worker(worker.pid)


def _problem(status: int) -> InputProblem:
    if status == -signal.SIGXCPU:
        return TooSlow("Reading the file took more computing time than this service allows.")
    return ReaderStopped()


class _Records(pickle.Unpickler):
    """Unpickles nothing but the values of `records`: what a worker sends is only as honest as the file it read."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("records.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError("a worker sent something else than a result")


def _unpack(packed: bytes) -> ReadResult:
    try:
        result = _Records(io.BytesIO(packed)).load()
    except (ValueError, TypeError, AttributeError, ImportError, IndexError, KeyError) as error:
        raise pickle.UnpicklingError("a worker sent a damaged result") from error
    if not isinstance(result, ReadResult):
        raise pickle.UnpicklingError("a worker sent something else than a result")
    return result


class _Template:
    """The template process and what is asked of it, one request at a time. Started when first needed."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start_worker(self) -> _Worker:
        """A fresh worker; Unavailable when the reader processes do not start."""
        with self._lock:
            for _ in range(2):
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        control = self._control or self._start()
                        socket.send_fds(control, [SPAWN], [theirs.fileno()])
                        pid = NUMBER.unpack(control.recv(NUMBER.size))[0]
                    except (OSError, struct.error):
                        ours.close()
                        self._stop()
                        continue
                return _Worker(pid, Connection(ours.detach()))
        raise Unavailable("The processes that read documents do not start.", hint="Run `intake doctor`.")

    def end_worker(self, pid: int) -> int:
        """Kill a worker with everything it started; its exit status, negative for the signal that had ended it."""
        with self._lock:
            if self._control is None:
                return 0
            # The template has not reaped it, so that the number still is this worker's, dead or alive.
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    kill(pid, signal.SIGKILL)
            try:
                self._control.sendall(WAIT + NUMBER.pack(pid))
                return int(NUMBER.unpack(self._control.recv(NUMBER.size))[0])
            except (OSError, struct.error):
                self._stop()
                return 0

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "parsers.worker_process", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={name: value for name in _KEPT_ENVIRONMENT if (value := os.environ.get(name))}
                | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
                start_new_session=True,
            )
        self._control = ours
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:
                pipe.write(pickle.dumps(self._setup))
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            # The template ends when its control socket closes, and its workers die with it.
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
