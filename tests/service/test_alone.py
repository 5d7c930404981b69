"""Two services never work over one SQLite data folder; several on PostgreSQL share the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from records.errors import Misconfigured
from service.alone import NAME, alone_in

_HOLDS = """
import sys, time
from pathlib import Path
from service.alone import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_is_refused_and_told_which_process_has_it(tmp_path: Path) -> None:
    """The message names the process and what to do; a killed one leaves nothing behind."""
    first = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(Misconfigured) as refused, alone_in(tmp_path):
            pass
        assert f"process {first.pid}" in refused.value.message
        assert f"kill {first.pid}" in refused.value.hint
        os.kill(first.pid, signal.SIGKILL)
    with alone_in(tmp_path):
        assert (tmp_path / NAME).read_text(encoding="ascii") == str(os.getpid())
    assert (tmp_path / NAME).read_text(encoding="ascii") == ""
