"""intake run: the service itself."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Event
from types import FrameType
from typing import Annotated

import typer

from mailbox_config.settings import Settings
from service.alone import alone_in
from service.cli import speaking
from service.cli.app import TRY_AGAIN
from service.cli.invocation import invocation
from service.cli.working import open_service
from service.running import Done
from service.running import run as work


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("run")(run)


def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One round: what waits now, then end.")] = False,
) -> None:
    """Works until it is stopped: takes in, reads, files, answers, chases, sends. Ctrl-C or SIGTERM ends it cleanly."""
    refused, down = 0, 0
    called = invocation(context)
    with _alone(called.settings()), open_service(called, durable=True) as service, _stop_on_signals() as stop:

        def report(done: Done) -> None:
            nonlocal refused, down
            by_hand = service.parts.post is None
            line = _line(done, by_hand=by_hand, changed=(len(done.refusals), len(done.down)) != (refused, down))
            refused, down = len(done.refusals), len(done.down)
            if line:
                speaking.result(line)
            if once:
                stop.set()

        speaking.note("Working what waits …" if once else "The service works. Ctrl-C ends it.")
        work(service, stopped=stop.is_set, report=report)
    if once and down:
        raise typer.Exit(TRY_AGAIN)
    speaking.note("Ended. `intake status` shows where everything stands.")


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """One service over a SQLite file. On PostgreSQL several workers share the work, each under its own name."""
    return alone_in(settings.folders.data) if settings.database_url.startswith("sqlite") else nullcontext()


@contextmanager
def _stop_on_signals() -> Iterator[Event]:
    """An event that the first SIGINT or SIGTERM sets; a second one ends the program at once."""
    stop = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stopping(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    for number in before:
        signal.signal(number, stopping)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _line(done: Done, *, by_hand: bool, changed: bool) -> str:
    """What a round did, in ids and counts; "" when there is nothing new to say."""
    said = []
    for state, number in sorted(Counter(done.states.values()).items()):
        ids = ", ".join(one for one, now in done.states.items() if now == state)
        said.append(f"{number} {state} ({ids})")
    if done.letters:
        went = "written into the outbox folder, to be sent by hand" if by_hand else "sent"
        said.append(f"{done.letters} letter{'' if done.letters == 1 else 's'} {went}")
    if changed and done.refusals:
        said.append(f"{len(done.refusals)} not taken, `intake status` shows what waits")
    if changed and done.down:
        said.append(f"down: {', '.join(done.down)}; tried again in the next round")
    return "; ".join(said)
