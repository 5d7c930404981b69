"""Turns old and foreign documents into .docx or .xlsx with LibreOffice, shut away and under limits.

Each call has a profile of its own that runs no macro and fetches no link, a folder of its own, and where the system
allows it no network at all. Whatever happens, the whole process group is ended and the folder removed.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from records.errors import ConverterUnavailable, TooLarge, Unreadable
from records.limits import Limits

_WORD, _EXCEL = ("docx", "MS Word 2007 XML"), ("xlsx", "Calc MS Excel 2007 XML")
_FILTERS = {
    "doc": ("MS Word 97", *_WORD),
    "odt": ("writer8", *_WORD),
    "rtf": ("Rich Text Format", *_WORD),
    "xls": ("MS Excel 97", *_EXCEL),
    "ods": ("calc8", *_EXCEL),
}
"""The filter each kind is opened with, what it is turned into, and the filter for that.

Left to guess, LibreOffice opens a damaged document as the plain text of its bytes.
"""


_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no links followed, and a proxy that leads nowhere for anything that would still ask."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The converted document: "docx" or "xlsx", and its bytes."""

    kind: str
    data: bytes


def find_converter() -> str | None:
    """The path of LibreOffice's command, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, kind: str, limits: Limits, *, program: str | None = None) -> Converted:
    """The document as .docx or .xlsx.

    ConverterUnavailable where LibreOffice is not installed or does not start, Unreadable when it cannot open the file,
    TooLarge when it needs more time, memory or room than the limits allow.
    """
    found = shutil.which(program) if program else find_converter()
    if found is None:
        raise ConverterUnavailable(
            "LibreOffice, which opens this older kind of document, is not installed.",
            hint="Install LibreOffice and read the file again, or ask the agency for a Word document (.docx).",
        )
    opened_as, target, export = _FILTERS[kind]
    with tempfile.TemporaryDirectory(prefix="convert-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source = room / f"document.{kind}"
        source.write_bytes(data)
        _make_profile(room / "profile")
        _run([*_alone(), found, *_arguments(room, opened_as, f"{target}:{export}"), str(source)], room, limits)
        result = room / "out" / f"document.{target}"
        if not result.is_file() or not result.stat().st_size:
            raise Unreadable("The file is damaged or protected: LibreOffice could not open it.")
        if result.stat().st_size > limits.output_bytes:
            raise TooLarge
        return Converted(target, result.read_bytes())


def _make_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = [
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _SETTINGS
    ]
    opening = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    content = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *items, "</oor:items>"])
    (profile / "user" / "registrymodifications.xcu").write_text(content, encoding="utf-8")


def _arguments(room: Path, opened_as: str, export: str) -> list[str]:
    return [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--nofirststartwizard",
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        f"--infilter={opened_as}",
        "--convert-to",
        export,
        "--outdir",
        str(room / "out"),
    ]


@lru_cache(maxsize=1)
def _alone() -> tuple[str, ...]:
    """The command that starts another without a network, where the system lets us; else nothing."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net", "--")
    tried = subprocess.run([*command, "true"], check=False, capture_output=True, timeout=10)  # noqa: S603 - fixed words
    return command if tried.returncode == 0 else ()


def _run(command: list[str], room: Path, limits: Limits) -> None:
    environment = {"PATH": os.defpath + ":/usr/local/bin", "HOME": str(room), "TMPDIR": str(room), "LANG": "C.UTF-8"}
    environment |= {"SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1"}
    try:
        process = subprocess.Popen(  # noqa: S603 - our own words and our own file names only
            command, cwd=room, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=_limiter(limits),
        )  # fmt: skip
    except OSError as error:
        raise ConverterUnavailable("LibreOffice is installed but does not start.") from error
    try:
        process.wait(timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise TooLarge("The file took too long to convert.") from error
    finally:
        _end_group(process)


def _limiter(limits: Limits) -> Callable[[], None]:
    """Sets the limits in the child before it becomes LibreOffice."""

    def limit() -> None:
        memory = max(limits.memory_bytes, 2_500_000_000)  # LibreOffice reserves far more than it uses
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return limit


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # already gone, which is what was wanted
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
