"""Reads Excel workbooks by walking the package's XML, under limits.

Each sheet becomes headings (paragraphs) and tables, with the sheet's own row and column numbers. Numbers and dates are
given as the sheet shows them; the exact date behind a shown one stands in the run's control, because "3/12/24" shown by
an American format is not what it seems. Formulas count by their last computed value; nothing is computed or fetched.
"""

from __future__ import annotations

from typing import Any

from parsers.readers.package import Package
from parsers.readers.sheet_parts import Drawn, custom_properties, read_comments, read_drawings, read_headers
from parsers.readers.sheet_regions import Grid, SheetCell, regions
from parsers.readers.sheet_rows import read_rows
from parsers.readers.sheet_styles import Looks, children, read_looks, rich_runs
from parsers.readers.sheet_tables import MOST_CELLS, region_block
from records.errors import Empty, TooLarge, Unreadable
from records.limits import Limits
from records.tree import Aside, DocumentTree, Place, Run, Table, column_letters

KINDS = ("xlsx",)


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a .xlsx or .xlsm workbook; InputProblem when it cannot be read."""
    package = Package(data, limits)
    main = next((part for _, kind, part in package.relations("") if kind == "officeDocument"), "xl/workbook.xml")
    if main not in package:
        raise Unreadable("The file is damaged: it holds no workbook.")
    workbook = package.xml(main)
    relations = {identity: (kind, part) for identity, kind, part in package.relations(main)}
    looks = _looks(package, relations, workbook)
    tree = DocumentTree("xlsx", [], properties=custom_properties(package))
    sheets = children(workbook, "sheets", "sheet")
    rows = 0
    for sheet in sheets:
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, part = relations.get(identity, ("", ""))
        if kind != "worksheet" or part not in package:
            continue
        title = sheet.get("name") or "without a name"
        rows += _add_sheet(tree, package, part, title=title, hidden=_is_hidden(sheet, workbook), looks=looks)
        if rows > limits.rows:
            raise TooLarge("The workbook has more rows than this service accepts.")
    if any(entry.lower().endswith("vbaproject.bin") for entry in package.names()):
        tree.notices.append("macros")
    if any("/embeddings/" in entry for entry in package.names()):
        tree.notices.append("embedded_files")
    tree.notices = sorted(set(tree.notices))
    if not tree.blocks and not tree.asides:
        raise Empty("The workbook holds nothing.")
    return tree


def _looks(package: Package, relations: dict[str, tuple[str, str]], workbook: Any) -> Looks:
    parts = {kind: package.xml(part) for kind, part in relations.values() if kind in _SHARED and part in package}
    strings = [rich_runs(entry) for entry in children(parts.get("sharedStrings"), "si")]
    properties = next(iter(children(workbook, "workbookPr")), None)
    epoch = properties is not None and properties.get("date1904") in ("1", "true")
    return Looks(read_looks(parts.get("styles"), parts.get("theme")), strings, epoch)


_SHARED = ("styles", "theme", "sharedStrings")


def _is_hidden(sheet: Any, workbook: Any) -> str:
    """Why a sheet is not shown: "", "hidden", or "list" for the choices behind a drop-down."""
    if sheet.get("state") not in ("hidden", "veryHidden"):
        return ""
    title = sheet.get("name") or ""
    names = [entry.text or "" for entry in children(workbook, "definedNames", "definedName")]
    return "list" if any(text.replace("'", "").startswith(f"{title}!") for text in names) else "hidden"


def _add_sheet(tree: DocumentTree, package: Package, part: str, *, title: str, hidden: str, looks: Looks) -> int:
    """Adds what one sheet holds; gives the number of its rows with content."""
    lead = f"sheet “{title}”"
    sheet = read_rows(package.read(part), looks, package_limit_rows=MOST_CELLS)
    if hidden:
        _add_hidden(tree, lead, sheet.grid, listed=hidden == "list" or _only_choices(sheet.grid))
        return len(sheet.grid.cells)
    drawn = read_drawings(package, part)
    _place_drawn(tree, lead, sheet.grid, drawn)
    for row, cells in sorted(sheet.hidden.items()):
        text = " | ".join(cell.text.strip() for _, cell in sorted(cells.items()) if cell.filled)
        if text:
            tree.asides.append(Aside("hidden", text, Place(f"{lead}, hidden cells of row {row}")))
            tree.notices.append("hidden_rows")
    tree.notices += sorted(sheet.notices)
    table_number = sum(isinstance(block, Table) for block in tree.blocks)
    for region in regions(sheet.grid):
        if not region.heading:
            table_number += 1
        tree.blocks.append(region_block(sheet.grid, region, lead, table_number))
    for place, author, text in read_comments(package, part):
        tree.asides.append(Aside("comment", text, Place(f"{lead}, cell {place}"), author))
        tree.notices.append("comments")
    for kind, text in read_headers(sheet.header_texts):
        tree.asides.append(Aside(kind, text, Place(f"{kind} of {lead}")))
    return len(sheet.grid.cells)


def _only_choices(grid: Grid) -> bool:
    """Whether a hidden sheet is only lists of short choices for drop-downs."""
    cells = [cell for row in grid.cells.values() for cell in row.values() if cell.filled]
    return all(len(cell.text) <= 40 for cell in cells) and all(len(row) <= 3 for row in grid.cells.values())


def _add_hidden(tree: DocumentTree, lead: str, grid: Grid, *, listed: bool) -> None:
    if listed:
        return
    lines = [
        " | ".join(cell.text.strip() for _, cell in sorted(row.items()) if cell.filled) for row in grid.cells.values()
    ]
    text = "\n".join(line for line in lines if line)
    if text:
        tree.asides.append(Aside("hidden", text, Place(f"hidden {lead}")))
        tree.notices.append("hidden_text")


def _place_drawn(tree: DocumentTree, lead: str, grid: Grid, drawn: list[Drawn]) -> None:
    """Pictures and rings stand in the cell they are drawn over; text boxes and the words of controls beside it."""
    for item in drawn:
        cell = f"{column_letters(item.column)}{item.row}"
        if item.text:
            tree.asides.append(Aside("text box", item.text, Place(f"{lead}, text box at {cell}")))
        elif item.kind in ("picture", "ring"):
            run = Run("", picture=item.kind == "picture", ring=item.kind == "ring")
            grid.cells.setdefault(item.row, {}).setdefault(item.column, SheetCell([])).runs.append(run)
