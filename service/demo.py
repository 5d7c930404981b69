"""The demonstration: the real service, day by day through the sample story, on a clock of its own. Sends nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from mailbox_config.calendar import LONDON, is_working_day
from mailbox_config.checking import require
from mailbox_config.directory import load_directory
from mailbox_config.loading import load_settings
from mailbox_config.settings import Settings
from records.errors import Misconfigured, Refused
from service.bootstrap import Service, build
from service.demo_account import Account, Arrived, account_of, arrived, dated
from service.demo_results import Results, write_pack, write_pdf_letters, write_records
from service.demo_show import Screen
from service.demo_story import Piece, identity_of, story
from service.packing import Packer
from service.running import chase, run_until_idle
from store import open_store

SAMPLES = Path(__file__).parent.parent / "samples"
MARK = ".story"
"""The file in the demonstration's folder that says which story it holds, written when all of it is there."""
_MORNING = time(8, 30)


class Shown(Protocol):
    """Where the demonstration shows what happens."""

    def begin(self, pieces: int) -> None: ...
    def day(self, day: date) -> None: ...
    def arrived(self, piece: Piece, line: Arrived, letters: int) -> None: ...
    def chased(self, number: int) -> None: ...
    def working(self, what: str) -> None: ...
    def end(self) -> None: ...
    def account(self, account: Account, results: Results, folder: Path, *, is_new: bool) -> None: ...


@dataclass(slots=True)
class DemoClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def run_demo(folder: Path | None = None, *, samples: Path = SAMPLES, shown: Shown | None = None) -> Account:
    """Runs the story into the folder (`demo`, where the command is called) and tells what a coordinator would want
    to know. Run again, it finds nothing new and changes nothing.
    """
    folder = (folder or Path.cwd() / "demo").resolve()
    shown = shown or Screen()
    settings = demo_settings(samples, folder)
    pieces = story(samples / "story")
    if not pieces:
        raise Misconfigured("The samples of the demonstration are missing.", hint="Fetch the repository anew.")
    told = identity_of(pieces)
    mark = folder / MARK
    if mark.exists() and mark.read_text(encoding="utf-8").strip() != told:
        raise Refused(
            f"The folder {folder.name} holds a demonstration of other samples.",
            hint=f"Remove the folder {folder.name} and run `make demo` again.",
        )
    is_new = not mark.exists()
    if is_new:
        _start_anew(folder)
        results = _play(settings, pieces, folder, shown)
        mark.write_text(f"{told}\n", encoding="utf-8")
    else:
        results = _found(folder)
    account = _account(settings, _last_moment(settings))
    shown.account(account, results, folder, is_new=is_new)
    return account


def demo_settings(samples: Path, folder: Path) -> Settings:
    """The settings of the samples, with everything that is written going into the folder."""
    places = {
        "INTAKE__FOLDERS__DATA": str(folder / "data"),
        "INTAKE__FOLDERS__WATCHED": f'["{(folder / "inbox").as_posix()}"]',
        "INTAKE__FOLDERS__OUTBOX": str(folder / "letters"),
    }
    return load_settings(samples / "intake.toml", places)


def _start_anew(folder: Path) -> None:
    """Take away what a demonstration that was stopped half-way left, and make the shared folder."""
    for name in ("data", "inbox", "letters", "pack", "records"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "inbox").mkdir(parents=True)


def _play(settings: Settings, pieces: tuple[Piece, ...], folder: Path, shown: Shown) -> Results:
    require(settings)
    clock = DemoClock(datetime.combine(pieces[0].day, _MORNING, LONDON))
    shown.begin(len(pieces))
    try:
        with build(settings, now=clock.now) as service:
            for day in _days(pieces[0].day, _last_day(settings)):
                clock.at = datetime.combine(day, _MORNING, LONDON)
                _play_day(service, day, [piece for piece in pieces if piece.day == day], clock, shown)
            return _results(service, folder, shown)
    finally:
        shown.end()


def _play_day(service: Service, day: date, pieces: list[Piece], clock: DemoClock, shown: Shown) -> None:
    """The reminders of the morning, then each piece at its time, worked off before the next."""
    shown.day(day)
    reminders = len(chase(service)) if is_working_day(day, service.parts.settings.clock.office_closed) else 0
    if reminders:
        shown.chased(reminders)
    for piece in pieces:
        clock.at = piece.at
        piece.put_into(service.parts.settings.folders.watched[0])
        for submission_id in run_until_idle(service).states:
            line, letters = _line(service, submission_id)
            shown.arrived(piece, line, letters)


def _line(service: Service, submission_id: str) -> tuple[Arrived, int]:
    """What became of a submission, and how many letters went out on it."""
    with service.store.reading() as tx:
        submission, returns = tx.submissions.get(submission_id), tx.returns.of_submission(submission_id)
        cases = {one.case_reference for one in returns if one.form in ("referral", "good_outcome_referral")}
        letters = [
            one
            for one in tx.letters.all()
            if one.submission_id == submission_id or (one.kind == "request" and one.case_reference in cases)
        ]
        line = dated(arrived(submission, returns, service.parts.directory), tx.submissions.all())
    return line, len(letters)


def _results(service: Service, folder: Path, shown: Shown) -> Results:
    """Everything a person may want to open, each in its folder."""
    parts = service.parts
    shown.working("Building the pack")
    packer = Packer(parts.store, parts.settings, parts.directory, parts.today(), actor="service")
    write_pack(packer, folder / "pack")
    shown.working("Writing the records")
    write_records(parts.store, folder / "records")
    shown.working("Letters as PDF")
    write_pdf_letters(folder / "letters")
    return _found(folder)


def _found(folder: Path) -> Results:
    """What lies in the folder."""
    letters = folder / "letters"
    return Results(
        letters=len(list(letters.glob("*.eml"))),
        letters_as_pdf=len(list(letters.glob("*.pdf"))),
        records=len(list((folder / "records").glob("*.json"))),
        pack=tuple(sorted(path.name for path in (folder / "pack").iterdir())) if (folder / "pack").is_dir() else (),
    )


def _account(settings: Settings, at: datetime) -> Account:
    store = open_store(settings.database_url, clock=lambda: at, password=settings.database_password())
    try:
        return account_of(store, settings, load_directory(settings.files.directory), at.date())
    finally:
        store.close()


def _last_moment(settings: Settings) -> datetime:
    return datetime.combine(_last_day(settings), time(17), LONDON)


def _last_day(settings: Settings) -> date:
    """The day the settings say it is: the story is told up to it."""
    if settings.clock.today is None:
        raise Misconfigured("The demonstration's settings name no day.", hint="Set clock.today in samples/intake.toml.")
    return settings.clock.today


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
