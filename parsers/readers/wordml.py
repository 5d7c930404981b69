"""Walks WordprocessingML: paragraphs, runs, tables, controls, fields, drawings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from parsers.content import PROMPT
from parsers.readers.ticks import symbol_glyph, translate_symbols
from parsers.readers.word_controls import control_of, legacy_control
from parsers.readers.word_looks import VAL, Look, StyleSheet, W, apply_look, child, is_on, name_of, number
from records.errors import TooDeep, TooLarge
from records.limits import Limits
from records.tree import Aside, Block, Cell, Control, Paragraph, Place, Row, Run, Table


class Story:
    """One story of the document (body, a header, a note): walks it once and gives its blocks.

    `asides` collects text boxes, deleted and hidden text; `marks` where notes and comments are anchored.
    """

    def __init__(self, styles: StyleSheet, limits: Limits, part: str = "body") -> None:
        self.styles = styles
        self.limits = limits
        self.part = part
        self.asides: list[Aside] = []
        self.notices: set[str] = set()
        self.marks: dict[tuple[str, str], str] = {}
        self._paragraphs = self._tables = self._rows = 0
        self._where: list[tuple[int] | tuple[str, int, int]] = []
        self._field: list[_Field] = []
        self._unended: frozenset[Any] = frozenset()

    def blocks(self, root: Any) -> list[Block]:
        """The blocks inside a body, cell, note, header or text box."""
        found: list[Block] = []
        self._unended = _unended_fields(root)
        self._walk_blocks(root, found, None, "", 0)
        return found

    # Blocks

    def _walk_blocks(self, parent: Any, found: list[Block], control: Control | None, table: str, depth: int) -> None:
        if depth > self.limits.xml_depth:
            raise TooDeep("The document is nested too deeply to be a form.")
        for element in parent:
            name = name_of(element)
            if name == "p":
                self._add_paragraph(element, found, control, in_cell=bool(table))
            elif name == "tbl":
                found.append(self._table(element, control, table, depth + 1))
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    self._walk_blocks(content, found, control_of(element) or control, table, depth + 1)
            elif name in ("customXml", "ins", "moveTo", "smartTag"):
                self._walk_blocks(element, found, control, table, depth + 1)
            elif name in ("del", "moveFrom"):
                self._deleted(element)
            elif name == "AlternateContent":
                chosen = _choice(element)
                if chosen is not None:
                    self._walk_blocks(chosen, found, control, table, depth + 1)

    def _add_paragraph(self, element: Any, found: list[Block], control: Control | None, *, in_cell: bool) -> None:
        paragraph = Paragraph([], part=self.part)
        if not in_cell:
            self._paragraphs += 1
            paragraph.number = self._paragraphs
            self._where.append((self._paragraphs,))
        properties = child(element, "pPr")
        look = self.styles.base
        joins_next = False
        if properties is not None:
            for item in properties:
                name = name_of(item)
                if name == "pStyle":
                    style_id = item.get(VAL) or ""
                    look = self.styles.look(style_id)
                    paragraph.heading = self.styles.heading(style_id)
                    paragraph.listed = paragraph.listed or self.styles.listed(style_id)
                elif name == "numPr":
                    paragraph.listed = True
                elif name == "rPr":
                    joins_next = child(item, "del") is not None
        runs = paragraph.runs
        self._walk_runs(element, runs, look, control, inserted=False)
        if not in_cell:
            self._where.pop()
        last = found[-1] if found else None
        if isinstance(last, _JoinsNext):
            # The mark between the two paragraphs is a tracked deletion: accepted, they are one.
            last.runs += runs
            if not joins_next:
                found[-1] = Paragraph(last.runs, last.heading, last.listed, last.number, last.part)
            return
        if joins_next:
            paragraph = _JoinsNext(runs, paragraph.heading, paragraph.listed, paragraph.number, paragraph.part)
        found.append(paragraph)

    def _table(self, element: Any, control: Control | None, outer: str, depth: int) -> Table:
        if outer:
            number = f"{outer}.1"
        else:
            self._tables += 1
            number = str(self._tables)
        if number.count(".") >= self.limits.table_depth:
            raise TooDeep("The document's tables are nested too deeply to be a form.")
        table = Table([], number, self.part)
        self._table_rows(element, table, control, depth)
        return table

    def _table_rows(self, parent: Any, table: Table, control: Control | None, depth: int) -> None:
        for element in parent:
            name = name_of(element)
            if name == "tr":
                self._row(element, table, control, depth)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    self._table_rows(content, table, control_of(element) or control, depth)
            elif name in ("customXml", "ins", "moveTo", "smartTag"):
                self._table_rows(element, table, control, depth)

    def _row(self, element: Any, table: Table, control: Control | None, depth: int) -> None:
        self._rows += 1
        if self._rows > self.limits.rows:
            raise TooLarge("The document's tables have more rows than this service accepts.")
        row = Row([])
        column = 1
        properties = child(element, "trPr")
        if properties is not None:
            if child(properties, "del") is not None:
                self._deleted(element)
                return
            row.header = is_on(properties, "tblHeader")
            before = child(properties, "gridBefore")
            if before is not None:
                column += number(before.get(VAL), 0)
        table.rows.append(row)
        self._cells(element, row, column, (table, control, depth))

    def _cells(self, parent: Any, row: Row, column: int, around: tuple[Table, Control | None, int]) -> int:
        table, control, depth = around
        for element in parent:
            name = name_of(element)
            if name == "tc":
                column += self._cell(element, row, column, around)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    column = self._cells(content, row, column, (table, control_of(element) or control, depth))
            elif name in ("customXml", "ins", "moveTo", "smartTag"):
                column = self._cells(element, row, column, around)
        return column

    def _cell(self, element: Any, row: Row, column: int, around: tuple[Table, Control | None, int]) -> int:
        table, control, depth = around
        cell = Cell([], column)
        properties = child(element, "tcPr")
        if properties is not None:
            for item in properties:
                name = name_of(item)
                if name == "gridSpan":
                    cell.span = number(item.get(VAL), 1)
                elif name in ("vMerge", "hMerge"):
                    value = "start" if item.get(VAL) == "restart" else "continue"
                    if name == "vMerge":
                        cell.merge = value
                    elif value == "continue" and row.cells:
                        row.cells[-1].span += 1
                elif name == "shd":
                    fill = (item.get(W + "fill") or "").upper()
                    cell.shade = fill if fill not in ("AUTO", "") else ""
        self._where.append((table.number, len(table.rows), column))
        before = self._tables
        self._walk_blocks(element, cell.blocks, control, table.number, depth + 1)
        self._tables = before
        if len(cell.blocks) > 1:
            nested = [block for block in cell.blocks if isinstance(block, Table)]
            for index, inner in enumerate(nested[1:], start=2):
                inner.number = f"{table.number}.{index}"
        self._where.pop()
        row.cells.append(cell)
        return cell.span

    # Runs

    def _walk_runs(self, parent: Any, runs: list[Run], look: Look, control: Control | None, *, inserted: bool) -> None:
        for element in parent:
            name = name_of(element)
            if name == "r":
                self._run(element, runs, look, control, inserted)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    inner = control_of(element)
                    if inner is not None and inner.kind == "check":
                        self._tick(content, runs, inner, look)
                    else:
                        self._walk_runs(content, runs, look, inner or control, inserted=inserted)
            elif name in ("ins", "moveTo"):
                self.notices.add("tracked_changes")
                self._walk_runs(element, runs, look, control, inserted=True)
            elif name in ("del", "moveFrom"):
                self._deleted(element)
            elif name in ("hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "ruby", "rubyBase"):
                self._walk_runs(element, runs, look, control, inserted=inserted)
            elif name in ("AlternateContent", "oMath", "oMathPara"):
                self._odd_run(element, runs, look, control, inserted)
            elif name == "commentRangeStart":
                self.marks.setdefault(("comment", element.get(W + "id") or ""), self._here())

    def _odd_run(self, element: Any, runs: list[Run], look: Look, control: Control | None, inserted: bool) -> None:
        if name_of(element) != "AlternateContent":
            runs.append(Run("".join(element.itertext())))
            return
        chosen = _choice(element)
        if chosen is not None:
            self._walk_runs(chosen, runs, look, control, inserted=inserted)

    def _tick(self, content: Any, runs: list[Run], control: Control, look: Look) -> None:
        """A check box control: its state as said by the control and its glyph as shown; both are kept."""
        shown: list[Run] = []
        self._walk_runs(content, shown, look, None, inserted=False)
        glyph = "".join(run.text for run in shown).strip()
        if not glyph or control.checked is None:
            glyph = "☒" if control.checked else "☐"
        runs.append(replace(shown[0], text=glyph, control=control) if shown else Run(glyph, control=control))

    def _run(  # noqa: C901 - one branch an element, nothing else
        self, element: Any, runs: list[Run], look: Look, control: Control | None, inserted: bool
    ) -> None:
        properties = child(element, "rPr")
        placeholder_style = False
        if properties is not None:
            style = child(properties, "rStyle")
            if style is not None:
                style_id = style.get(VAL) or ""
                placeholder_style = style_id == "PlaceholderText"
                look = self.styles.look(style_id, onto=look)
            else:
                look = look.copy()
            apply_look(look, properties)
        parts: list[str] = []
        for item in element:
            name = name_of(item)
            if name == "t":
                text = item.text or ""
                parts.append(translate_symbols(text, look.symbol_font) if look.symbol_font else text)
            elif name == "tab":
                parts.append("\t")
            elif name in ("br", "cr"):
                if item.get(W + "type") not in ("page", "column"):
                    parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "sym":
                parts.append(symbol_glyph(item.get(W + "font") or "", item.get(W + "char") or ""))
            elif name == "ptab":
                parts.append("\t")
            elif name in ("footnoteReference", "endnoteReference", "commentReference"):
                kind = name.removesuffix("Reference")
                self.marks.setdefault((kind, item.get(W + "id") or ""), self._here())
            elif name == "delText":
                self._note("deleted", item.text or "")
            elif name == "fldChar":
                self._emit(parts, runs, look, control, inserted, placeholder_style)
                self._field_char(item, runs, look)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._emit(parts, runs, look, control, inserted, placeholder_style)
                self._drawing(item, runs)
        self._emit(parts, runs, look, control, inserted, placeholder_style)

    def _emit(
        self,
        parts: list[str],
        runs: list[Run],
        look: Look,
        control: Control | None,
        inserted: bool,
        placeholder_style: bool,
    ) -> None:
        if not parts:
            return
        text = "".join(parts)
        parts.clear()
        if look.hidden:
            self._note("hidden", text)
            self.notices.add("hidden_text")
            return
        field = self._field[-1] if self._field else None
        if field is not None:
            if not field.shows_result:
                return
            field.result.append(text)
            if field.control is not None:
                control = field.control
                if field.silent or not text.strip("\u2002\u00a0 "):
                    return
        claims = control is not None and control.placeholder
        # Some programs fill a control and leave the mark that it shows its prompt; then the look of a prompt counts.
        shows_prompt = (placeholder_style and (control is None or claims)) or (claims and look.grey)
        doubtful = claims and not shows_prompt and not PROMPT.fullmatch(" ".join(text.split()))
        runs.append(
            Run(
                text,
                look.bold,
                look.italic,
                look.strike,
                look.highlight,
                look.underline,
                look.grey,
                shows_prompt or (claims and not doubtful),
                inserted,
                control=control,
                font_size=look.size,
                unsure=doubtful,
            )
        )

    # Fields: legacy form fields sit between begin, separate and end marks

    def _field_char(self, element: Any, runs: list[Run], look: Look) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin" and element in self._unended:
            return
        if kind == "begin":
            if len(self._field) >= 32:
                raise TooDeep("The document's fields are nested too deeply to be a form.")
            field = _Field(legacy_control(child(element, "ffData")))
            self._field.append(field)
            control = field.control
            if control is not None and control.kind == "check" and not look.hidden:
                runs.append(Run("☒" if control.checked else "☐", bold=look.bold, strike=look.strike, control=control))
                field.silent = True
            elif control is not None and control.kind == "choice" and not look.hidden:
                runs.append(Run(control.value or "", control=control, placeholder=control.placeholder))
                field.silent = True
        elif kind == "separate" and self._field:
            self._field[-1].shows_result = True
        elif kind == "end" and self._field:
            self._field.pop()

    # Drawings

    def _drawing(self, element: Any, runs: list[Run]) -> None:
        chosen = _choice(element) if name_of(element) == "AlternateContent" else element
        if chosen is None:
            return
        boxes = False
        for item in chosen.iter():
            name = name_of(item)
            if name == "txbxContent" and not _inside_fallback(item, chosen):
                boxes = True
                self._text_box(item)
        if boxes:
            return
        for item in chosen.iter():
            name = name_of(item)
            if name == "signatureline":
                return
            if name in ("blip", "imagedata"):
                runs.append(Run("", picture=True))
                return
            if name == "oval" or (
                name == "prstGeom" and item.get("prst") in ("ellipse", "roundRect", "donut", "frame")
            ):
                runs.append(Run("", ring=True, font_size=_offset_points(chosen)))
                return
            if name in ("OLEObject", "control"):
                self.notices.add("embedded_files")

    def _text_box(self, content: Any) -> None:
        sub = Story(self.styles, self.limits, part="text box")
        blocks = sub.blocks(content)
        self.asides += sub.asides
        text = "\n".join(_block_texts(blocks)).strip()
        if text:
            self.asides.append(Aside("text box", text, Place(f"text box at {self._here()}"), blocks=blocks))

    # Reports

    def _deleted(self, element: Any) -> None:
        self.notices.add("tracked_changes")
        text = "".join(item.text or "" for item in element.iter(W + "delText", W + "t"))
        self._note("deleted", text)

    def _note(self, kind: str, text: str) -> None:
        if text.strip():
            self.asides.append(Aside(kind, text.strip(), Place(f"{kind} text at {self._here()}")))

    def _here(self) -> str:
        here = _in_words(self._where[-1]) if self._where else ""
        return here if self.part == "body" else f"{self.part}, {here}".rstrip(", ")


def _in_words(place: tuple[int] | tuple[str, int, int]) -> str:
    if len(place) == 1:
        return f"paragraph {place[0]}"
    table, row, column = place
    return f"table {table}, row {row}, column {column}"


class _JoinsNext(Paragraph):
    """A paragraph whose closing mark is a tracked deletion."""


class _Field:
    __slots__ = ("control", "result", "shows_result", "silent")

    def __init__(self, control: Control | None) -> None:
        self.control = control
        self.shows_result = False
        self.silent = False
        self.result: list[str] = []


def _unended_fields(root: Any) -> frozenset[Any]:
    """The beginnings of fields that never end, in a damaged file: they must not swallow what follows."""
    begun = []
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(begun)


def _block_texts(blocks: list[Block]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            for row in block.rows:
                texts.append(" | ".join(cell.text for cell in row.cells))
    return texts


def _choice(element: Any) -> Any:
    """The first alternative that holds something; Word shows one of them, never both."""
    for item in element:
        if name_of(item) == "Choice":
            return item
    return next((item for item in element if name_of(item) == "Fallback"), None)


def _inside_fallback(item: Any, root: Any) -> bool:
    parent = item.getparent()
    while parent is not None and parent is not root:
        if name_of(parent) in ("Fallback", "txbxContent"):
            return True
        parent = parent.getparent()
    return False


def _offset_points(drawing: Any) -> float | None:
    """How far right of its anchor a floating shape's middle lies, in points, when the file says so."""
    for anchor in drawing.iter():
        if name_of(anchor) == "anchor":
            offset = next((item for item in anchor.iter() if name_of(item) == "posOffset"), None)
            extent = next((item for item in anchor.iter() if name_of(item) == "extent"), None)
            if offset is not None and (offset.text or "").lstrip("-").isdigit():
                width = number(extent.get("cx") if extent is not None else None, 0)
                return (int(offset.text) + width / 2) / 12_700
    return None
