"""How the demonstration looks on a terminal; plain lines where nobody watches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from service.demo_account import Account, Arrived, Question
from service.demo_results import Results
from service.demo_story import Piece

_PLAIN_WIDTH = 118
_LOOK = "intake --config samples/intake.toml"


class Screen:
    """A console with a progress bar at its foot while the story is told."""

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=_PLAIN_WIDTH, file=console.file)
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = TaskID(0)
        self._heading = ""
        """The day that has not been printed yet: it is, with the first thing that happens on it."""

    def begin(self, pieces: int) -> None:
        """Say what this is, and start the bar."""
        self._console.print(Text("Practice review intake: a demonstration on fictional samples", style="bold"))
        self._console.print("Nothing is sent and nothing leaves this machine. Its clock stands in March 2026.")
        self._progress.start()
        self._task = self._progress.add_task("Starting", total=pieces)

    def day(self, day: date) -> None:
        """A new day of the story."""
        self._progress.update(self._task, description=_day(day))
        self._heading = f"{day:%A} {_day(day)}"

    def arrived(self, piece: Piece, line: Arrived, letters: int) -> None:
        """One piece has come in and was worked off."""
        text = Text(f"{line.sender}: ")
        text.append(f"{line.read_as} – " if line.read_as else "")
        text.append(line.outcome, style=_colour(line))
        text.append(f" → {_number(letters, 'letter')}" if letters else "", style="cyan")
        self._under_its_day(f"{piece.at:%H:%M}", line.how, text)
        self._progress.advance(self._task)

    def chased(self, number: int) -> None:
        """Reminders went out in the morning."""
        self._under_its_day("08:30", "chase", Text(f"{_number(number, 'reminder')} to who has not answered", "cyan"))

    def _under_its_day(self, at: str, how: str, what: Text) -> None:
        if self._heading:
            self._console.print(Text(f"\n{self._heading}", style="bold"))
            self._heading = ""
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_column(width=7)
        row.add_column(width=6)
        row.add_column(overflow="fold")
        row.add_row(f"  {at}", how, what)
        self._console.print(row)

    def working(self, what: str) -> None:
        """Something that takes a while after the last day."""
        self._progress.update(self._task, description=what)
        if not self._console.is_terminal:
            self._console.print(f"{what} …")

    def end(self) -> None:
        """The bar goes."""
        self._progress.stop()

    def account(self, account: Account, results: Results, folder: Path, *, is_new: bool) -> None:
        """The summary."""
        say = self._console.print
        if is_new:
            say()
            say(Rule(Text(f"Where things stand on {_day(account.today)} {account.today.year}", style="bold")))
        else:
            say("Nothing new arrived since the last run: nothing was changed. This is what it found.")
        for table in (
            _arrived(account.arrived),
            _answered(account),
            _questions(account.questions),
            _sent(account),
        ):
            say()
            say(table)
        _lines(self._console, "Still missing", account.missing or ("Nothing.",))
        _lines(self._console, "Where the results lie", list(_places(results, _short(folder))))
        say(f"\nLook further:  {_LOOK} status   (or: case show, chase --dry-run, pack {' '.join(account.cases)})")


def _arrived(lines: Iterable[Arrived]) -> Table:
    table = _table("What arrived", "Day", "As", "From", "Case", "Read as", "What became of it")
    for line in lines:
        outcome = Text(line.outcome, style=_colour(line))
        table.add_row(_day(line.day), line.how, line.sender, line.case_reference or "–", line.read_as or "–", outcome)
    return table


def _answered(account: Account) -> Table:
    table = _table(f"Who has answered in case {', '.join(account.cases)}", "Agency", *account.forms, "")
    for one in account.answered:
        style = "green" if one.complete else "yellow"
        table.add_row(one.agency, *one.states, Text("complete" if one.complete else "open", style=style))
    return table


def _questions(questions: Sequence[Question]) -> Table:
    table = _table(f"What needs a person ({len(questions)})", "What", "Why", "To settle it")
    table.show_lines = True
    for one in questions:
        table.add_row(one.about, one.why, one.command)
    return table


def _sent(account: Account) -> Table:
    table = _table("Letters (written into a folder; nothing was sent)", "Day", "Letter", "To")
    for one in account.sent:
        counted = Counter(one.agencies)
        each = [f"{name} ({number})" if number > 1 else name for name, number in counted.items()]
        names = "\n".join(each) if len(each) < 5 else f"{len(each)} agencies"
        table.add_row(_day(one.day), f"{one.kind}{' (held for a person)' if one.held else ''}", names)
    return table


def _places(results: Results, folder: str) -> Iterable[str]:
    pdf = (
        "each as .docx and .pdf, and the .eml that would have been sent"
        if results.letters_as_pdf
        else "each as .docx, and the .eml that would have been sent (no .pdf: LibreOffice is not installed)"
    )
    yield f"{folder}/letters   {_number(results.letters, 'letter')}: {pdf}"
    yield f"{folder}/pack      the consolidated pack: {', '.join(results.pack)}"
    yield f"{folder}/records   {_number(results.records, 'record')} as JSON, with places, review items and findings"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title, style="bold"), title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _lines(console: Console, title: str, lines: Iterable[str]) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    for line in lines:
        console.print(Text(f"  {line}"), soft_wrap=True)


def _colour(line: Arrived) -> str:
    if line.needs_person:
        return "yellow"
    return "green" if line.outcome.startswith("filed") else "dim"


def _short(folder: Path) -> str:
    """The folder from where the command was called, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
