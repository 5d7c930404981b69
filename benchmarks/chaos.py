"""The long run: 2,000 mixed messages on a real Dovecot, the service killed 200 times, its connection cut and the server
restarted, the books held against an undisturbed run over the forms among them (the rest gives no return and no letter).

    .venv/bin/python benchmarks/chaos.py [--messages 2000] [--kills 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "mailbox")]

from mail_servers import make_certificate, running_dovecot  # noqa: E402 - found by the lines above
from storm import Storm, begin, mixed_messages, storm, story, weather  # noqa: E402


def main() -> int:
    """Prints what was measured; exit status 1 when anything was lost or doubled."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("messages", 2000), ("kills", 200), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    given = options.parse_args()
    messages = mixed_messages(given.messages, random.Random(given.seed))
    with tempfile.TemporaryDirectory(prefix="chaos-") as home, running_dovecot() as server:
        certificate = make_certificate(Path(home))
        with storm(Path(home) / "calm", server, certificate, "calm@mvscp.example") as calm:
            forms = story()
            begin(calm, forms)
            began = time.monotonic()
            calm.finish()
            report("undisturbed", calm, forms, f"{time.monotonic() - began:.0f} s")
            expected, wrong = calm.books(), calm.faults(forms)
        with storm(Path(home) / "storm", server, certificate, "storm@mvscp.example") as wild:
            begin(wild, messages)
            began = time.monotonic()
            weather(wild, random.Random(given.seed), given.kills, longest=3.0)
            wild.finish()
            report(
                "in the storm",
                wild,
                messages,
                f"{time.monotonic() - began:.0f} s, {wild.kills} kills, {wild.cuts} cuts, "
                f"{wild.restarts} restarts of the server, {wild.shunted} shunted",
            )
            wrong += wild.faults(messages)
            books = wild.books()
            same = (books.returns, books.letters) == (expected.returns, expected.letters)
    print("the same books as undisturbed:", "yes" if same else "NO")
    return 0 if same and not wrong else 1


def report(name: str, made: Storm, messages: list[bytes], words: str) -> None:
    """One line."""
    faults = made.faults(messages)
    print(f"{name}: {len(messages)} messages, {words}; {faults or 'nothing lost, nothing doubled'}")
    print(f"  {made.books()}")


if __name__ == "__main__":
    sys.exit(main())
