"""What every test runs under: none fails because a machine is slow, and each run draws the same examples.

And a real PostgreSQL that is started for the tests that want one, and thrown away after them.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("steady")

_numbers = itertools.count(1)


def _binaries() -> Path | None:
    """Where PostgreSQL's programs lie, newest version first."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name), reverse=True)
    return next((place for place in [*found, *versions] if (place / "pg_ctl").exists()), None)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as, None when we are none."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server on a socket in a folder of its own."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed; the tests of the store need it here.")
        pytest.skip("PostgreSQL is not installed")
    user = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    if user is not None:
        shutil.chown(home, user)
    data = home / "data"

    def run(*command: str) -> None:
        with (home / "setup.log").open("ab") as log:
            subprocess.run(command, check=True, user=user, cwd=home, stdout=log, stderr=log, timeout=120)

    try:
        run(str(binaries / "initdb"), "-D", str(data), "-U", "intake", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c max_connections=50"
        run(str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(home / "server.log"), "-w", "start")
        yield str(home)
        run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of an empty database."""
    name = f"t{next(_numbers)}"
    with psycopg.connect(host=postgres_server, user="intake", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://intake@/{name}?host={postgres_server}"
