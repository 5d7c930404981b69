"""The agency directory as offices keep it: a table, one row per contact, in a workbook or as comma-separated text.

The agency's own columns may be left empty in further rows of the same agency. Messages name row and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from mailbox_config.directory import Directory, directory_problems
from records.cases import Agency, Contact, ContactRole
from records.errors import Misconfigured

COLUMNS: Mapping[str, str] = {
    "Id": "id",
    "Agency": "name",
    "Sector": "sector",
    "Former names": "former_names",
    "Aliases": "aliases",
    "Domains": "domains",
    "Secure method": "secure_method",
    "Role": "role",
    "Contact": "contact",
    "Email": "email",
    "Phone": "phone",
    "Language": "language",
}
"""Heading in the table → what it means. Several values in one cell are parted by semicolons."""
_LISTS = ("former_names", "aliases", "domains")
_LANGUAGES = {"en": "en", "english": "en", "cy": "cy", "welsh": "cy", "cymraeg": "cy"}
_ROLES: Mapping[str, ContactRole] = {role.replace("_", " "): role for role in get_args(ContactRole)}


def write_table(directory: Directory, path: Path) -> None:
    """Writes the directory as .xlsx or .csv, by the ending of the name."""
    rows = [list(COLUMNS), *_rows_of(directory)]
    if path.suffix.lower() == ".xlsx":
        _write_workbook(rows, path)
    elif path.suffix.lower() == ".csv":
        held = io.StringIO(newline="")
        csv.writer(held).writerows([[_harmless(cell) for cell in row] for row in rows])
        path.write_text(held.getvalue(), encoding="utf-8-sig", newline="")
    else:
        raise _unknown_ending(path)


def read_table(path: Path) -> Directory:
    """The directory in a .xlsx or .csv table; Misconfigured lists every problem with its row and column."""
    rows = _read_rows(path)
    problems: list[str] = []
    headings = [heading.strip().casefold() for heading in rows[0]] if rows else []
    places = {key: headings.index(title.casefold()) for title, key in COLUMNS.items() if title.casefold() in headings}
    for title in ("Id", "Agency", "Role", "Email"):
        if COLUMNS[title] not in places:
            problems.append(f"There is no column “{title}”.")
    known = {title.casefold() for title in COLUMNS}
    problems += [f"The column “{rows[0][at]}” is not known." for at, h in enumerate(headings) if h and h not in known]
    if not problems:
        directory = Directory(tuple(_agencies(rows[1:], places, problems)))
        problems += directory_problems(directory)
        if not problems:
            return directory
    raise Misconfigured(
        f"{path} cannot be taken as the directory: {' '.join(problems)}", hint="Correct the table and import it again."
    )


def as_toml(directory: Directory) -> str:
    """The directory as the text of a `directory.toml`."""
    return "\n".join(line for agency in directory.agencies for line in _agency_toml(agency)) + "\n"


def _rows_of(directory: Directory) -> Iterator[list[str]]:
    for agency in directory.agencies:
        lists = ["; ".join(values) for values in (agency.former_names, agency.aliases, agency.domains)]
        own = [agency.id, agency.name, agency.sector, *lists, agency.secure_method]
        for contact in agency.contacts:
            known = [contact.role.replace("_", " "), contact.name, contact.email, contact.phone]
            yield [*own, *known, "" if agency.language == "en" else agency.language]


def _write_workbook(rows: Sequence[Sequence[str]], path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "Directory"
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)  # nothing is merged in a new sheet
            cell.value, cell.data_type = text, "s"  # text, also where it looks like a formula
            cell.number_format = "@"
    sheet.freeze_panes = "A2"
    book.save(path)


def _harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "@", "-", "\t") or (text[:1] == "+" and not text[1:2].isdigit()) else text


def _as_meant(text: str) -> str:
    return text[1:] if text.startswith("'") and _harmless(text[1:]) == text else text


def _read_rows(path: Path) -> list[list[str]]:
    try:
        if path.suffix.lower() == ".xlsx":
            book = load_workbook(path, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            book.close()
            return rows
        if path.suffix.lower() == ".csv":
            text = path.read_text(encoding="utf-8-sig")
            return [[_as_meant(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except FileNotFoundError:
        raise Misconfigured(f"There is no table at {path}.", hint="Check the name and the folder.") from None
    except (OSError, ValueError, KeyError, BadZipFile, csv.Error) as error:
        raise Misconfigured(f"{path} cannot be read as a table.", hint="Save it as .xlsx or UTF-8 .csv.") from error
    raise _unknown_ending(path)


def _agencies(rows: Iterable[Sequence[str]], places: Mapping[str, int], problems: list[str]) -> Iterator[Agency]:
    """The agencies of the table in its order; what is wrong with a row is added to the problems."""
    found: dict[str, tuple[dict[str, Any], list[Contact]]] = {}
    last = ""
    for number, row in enumerate(rows, start=2):
        values = {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}
        if not any(values.values()):
            continue
        last = values["id"] or last
        if not last:
            problems.append(f"Row {number}, column “Id”: it is empty.")
            continue
        own, contacts = found.setdefault(last, ({"id": last}, []))
        _take_agency(own, values, number, problems)
        contact = _contact(values, number, problems)
        if contact is not None:
            contacts.append(contact)
    for agency_id, (own, contacts) in found.items():
        if "name" in own:
            yield Agency(**own, contacts=tuple(contacts))
        else:
            problems.append(f"The agency “{agency_id}” has no name (column “Agency”).")


def _take_agency(own: dict[str, Any], values: Mapping[str, str], number: int, problems: list[str]) -> None:
    """The agency's own columns; a later row may repeat them, not change them."""
    titles = {key: title for title, key in COLUMNS.items()}
    for key in ("name", "sector", *_LISTS, "secure_method", "language"):
        text = values.get(key, "")
        if not text:
            continue
        value: Any = tuple(part.strip() for part in text.split(";") if part.strip()) if key in _LISTS else text
        if key == "sector":
            value = text.casefold().replace(" ", "_")
            if value not in get_args(Agency.model_fields["sector"].annotation):
                problems.append(f"Row {number}, column “Sector”: “{text}” is none.")
                continue
        if key == "language":
            value = _LANGUAGES.get(text.casefold())
            if value is None:
                problems.append(f"Row {number}, column “Language”: “{text}” is neither English nor Welsh (en, cy).")
                continue
        if own.setdefault(key, value) != value:
            problems.append(f"Row {number}, column “{titles[key]}”: it differs from an earlier row of “{own['id']}”.")


def _contact(values: Mapping[str, str], number: int, problems: list[str]) -> Contact | None:
    given = [values.get(key, "") for key in ("role", "contact", "email", "phone")]
    if not any(given):
        return None
    role = _ROLES.get(values["role"].casefold().replace("_", " ").replace("-", " "))
    if role is None:
        problems.append(f"Row {number}, column “Role”: “{values['role']}” is none of {', '.join(_ROLES)}.")
        return None
    if not values["email"]:
        problems.append(f"Row {number}, column “Email”: it is empty.")
        return None
    return Contact(role=role, name=given[1], email=values["email"], phone=given[3])


def _agency_toml(agency: Agency) -> Iterator[str]:
    yield "[[agency]]"
    for key in ("id", "name", "sector", "former_names", "aliases", "domains", "secure_method", "language"):
        value = getattr(agency, key)
        if value and (key, value) != ("language", "en"):
            yield (
                f"{key} = [{', '.join(map(_quoted, value))}]"
                if isinstance(value, tuple)
                else f"{key} = {_quoted(value)}"
            )
    for contact in agency.contacts:
        yield "\n[[agency.contacts]]"
        yield from (f"{key} = {_quoted(value)}" for key, value in contact if value)
    yield ""


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"'}.get(char, char if char.isprintable() else f"\\U{ord(char):08x}") for char in text
    )
    return f'"{escaped}"'


def _unknown_ending(path: Path) -> Misconfigured:
    return Misconfigured(f"{path} is neither .xlsx nor .csv.", hint="Name a file that ends in .xlsx or .csv.")
