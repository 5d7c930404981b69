"""The Word reader's promises: every character Word shows, once, in order; nothing executed, fetched or believed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from parsers.readers.docx import read
from records.errors import InputProblem, TooDeep, TooLarge, Unreadable
from records.limits import Limits
from records.tree import Aside, DocumentTree, Paragraph, Run, Table, walk_paragraphs
from tests.parsers import word_files as word
from tests.parsers.word_files import Beside, Xml, cell, document, p, row, run, table

SMALL = Limits(unzipped_bytes=20_000_000, rows=500)


def tree(*blocks: Xml, beside: Beside | None = None, kind: str = "docx", strict: bool = False) -> DocumentTree:
    return read(document(*blocks, beside=beside, kind=kind, strict=strict), SMALL)


def flow(*blocks: Xml) -> list[str]:
    return [paragraph.text for paragraph in tree(*blocks).paragraphs()]


def runs(*parts: str) -> list[Run]:
    (paragraph,) = tree(p(*parts)).paragraphs()
    return paragraph.runs


def asides(made: DocumentTree, kind: str) -> list[Aside]:
    return [aside for aside in made.asides if aside.kind == kind]


def grid(made: DocumentTree, number: int = 0) -> list[list[str]]:
    found = [block for block in made.blocks if isinstance(block, Table)][number]
    return [[one.text for one in line.cells] for line in found.rows]


# Text


def test_text_stands_once_and_in_order() -> None:
    """Paragraphs, cells and nested cells come in reading order."""
    inner = table(["inner one", "inner two"])
    made = flow(p("first"), table(["a", cell("b", inner, "after")]), p("last"))
    assert [words for words in made if words] == ["first", "a", "b", "inner one", "inner two", "after", "last"]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t>self</w:t><w:noBreakHyphen/><w:t>harm</w:t></w:r>", "self-harm"),
        ("<w:r><w:t>a</w:t><w:br w:type='page'/><w:t>b</w:t></w:r>", "ab"),
        ("<w:hyperlink r:id='r9'><w:r><w:t>a@police.example</w:t></w:r></w:hyperlink>", "a@police.example"),
        ("<w:smartTag><w:r><w:t>Vale</w:t></w:r></w:smartTag>", "Vale"),
        ("<w:fldSimple w:instr=' DATE '><w:r><w:t>3 March</w:t></w:r></w:fldSimple>", "3 March"),
        ("<w:bdo w:val='ltr'><w:r><w:t>one</w:t></w:r></w:bdo>", "one"),
        ("<w:dir w:val='ltr'><w:r><w:t>two</w:t></w:r></w:dir>", "two"),
        ("<w:customXml><w:r><w:t>three</w:t></w:r></w:customXml>", "three"),
        ("<w:r><w:t>R&amp;B &lt;x&gt;</w:t></w:r>", "R&B <x>"),
        ("<w:proofErr w:type='spellStart'/><w:r><w:t>Robbin</w:t></w:r>", "Robbin"),
    ],
)
def test_inline_markup_reads_as_it_looks(markup: str, shown: str) -> None:
    """Tabs, breaks, links, smart tags and simple fields give the text that Word shows."""
    assert flow(p(Xml(markup))) == [shown]


def test_field_codes_are_not_text_and_results_are() -> None:
    """Of a complex field, its result is shown and its instruction is not; nested fields too."""
    begin, middle, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    code = "<w:r><w:instrText>HYPERLINK secret</w:instrText><w:t>code text</w:t></w:r>"
    inner = Xml(begin + code + middle + run("inner") + end)
    made = flow(p("before ", Xml(begin + code + middle + run("result ") + inner + end), " after"))
    assert made == ["before result inner after"]


def test_a_field_that_never_ends_hides_only_its_own_paragraph() -> None:
    """A damaged field without its end must not swallow the rest of the document."""
    begin = Xml("<w:r><w:fldChar w:fldCharType='begin'/></w:r>")
    made = tree(p("start", begin), p("typed below"), table(["typed in a cell"]))
    shown = [paragraph.text for paragraph in made.paragraphs()] + [aside.text for aside in made.asides]
    assert "typed below" in shown
    assert "typed in a cell" in shown


@pytest.mark.parametrize("look", ["b", "i", "strike", "highlight", "u"])
def test_looks_that_carry_meaning_are_kept(look: str) -> None:
    """Bold, italic, struck, highlighted and underlined text is told from plain text."""
    name = {"b": "bold", "i": "italic", "u": "underline"}.get(look, look)
    first, second = runs(run("chosen", look), run("plain"))
    assert getattr(first, name)
    assert not getattr(second, name)


def test_a_look_switched_off_is_off() -> None:
    """`w:val="0"` takes a property away again."""
    (only,) = runs(run("plain", "b=0 strike=false"))
    assert not only.bold
    assert not only.strike


def test_headings_come_from_the_style() -> None:
    """A heading style gives its level; body text has none."""
    first, second = tree(word.heading("Head", 2), p("body")).paragraphs()
    assert (first.heading, second.heading) == (2, 0)


# Controls


def test_controls_at_every_level_give_their_text_once() -> None:
    """Inline, block, cell, row and nested content controls hold text that a reader must not lose or double."""
    nested = word.control(word.control(run("nested")))
    made = tree(
        p("inline: ", word.control(run("one"))),
        word.control(p("two")),
        table(row(word.control(cell("three")), cell("four")), word.control(row("five", "six"))),
        p(nested),
        word.repeating(p("seven"), p("eight")),
    )
    shown = [paragraph.text for paragraph in made.paragraphs()]
    assert shown == ["inline: one", "two", "three", "four", "five", "six", "nested", "seven", "eight"]


def test_rows_of_a_repeating_section_are_rows() -> None:
    """Rows that Word repeats for the writer stand in the table like any others."""
    made = tree(table(["Name", "Role"], word.repeating(row("A", "B"), row("C", "D"))))
    assert grid(made) == [["Name", "Role"], ["A", "B"], ["C", "D"]]


def test_a_prompt_is_known_as_one() -> None:
    """A control that still shows its prompt is no answer; one that was filled is."""
    prompt, filled = runs(word.control(run("Click here"), prompt=True), word.control(run("typed")))
    assert prompt.placeholder
    assert not filled.placeholder


def test_a_date_control_keeps_what_it_says_and_what_it_holds() -> None:
    """The words of a date picker and the day behind it are both there."""
    (only,) = runs(word.date_control("3 March", "2026-03-03"))
    assert only.text == "3 March"
    assert only.control is not None
    assert only.control.value == "2026-03-03"


def test_a_drop_down_shows_its_choice_and_options() -> None:
    """A drop-down gives the chosen text and knows the others."""
    (only,) = runs(word.choice_control("Green", ("Red", "Green")))
    assert only.text == "Green"
    assert only.control is not None
    assert only.control.options == ("Red", "Green")


@pytest.mark.parametrize(("ticked", "glyph"), [(True, "☒"), (False, "☐")])
@pytest.mark.parametrize("make", [word.check_control, word.legacy_check])
def test_check_boxes_say_their_state(make: Callable[..., Xml], ticked: bool, glyph: str) -> None:
    """Modern and legacy check boxes give one box, ticked or not."""
    (only,) = runs(make(ticked=ticked))
    assert only.text == glyph
    assert only.control is not None
    assert only.control.checked is ticked


def test_a_check_box_that_fills_its_cell_is_a_box() -> None:
    """A check box control round a paragraph in a cell reads like one inside it."""
    state = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    made = tree(table(["Yes", cell(word.control(p("☒"), state))]))
    assert grid(made) == [["Yes", "☒"]]


def test_legacy_fields_show_their_result() -> None:
    """Text of a legacy field and the choice of a legacy list are text; the blanks of an empty field are not."""
    filled, chosen, empty = (
        flow(p(word.legacy_text("typed"))),
        flow(p(word.legacy_choice(("Red", "Green"), 1))),
        flow(p("[", word.legacy_text("\u2002" * 5), "]")),
    )
    assert (filled, chosen, empty) == (["typed"], ["Green"], ["[]"])


# Symbols


@pytest.mark.parametrize(
    ("font", "code", "glyph"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "00FE", "☑"),
        ("Wingdings", "F0FD", "☒"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Webdings", "F061", "✓"),
    ],
)
def test_ticks_of_symbol_fonts(font: str, code: str, glyph: str) -> None:
    """A tick from a symbol font is a tick, whether inserted as a symbol or typed in the font."""
    assert flow(p(word.sym(font, code))) == [glyph]
    assert flow(p(run(chr(int(code, 16)), f"rFonts={font.replace(' ', '')}"))) == [glyph]


def test_an_unknown_symbol_leaves_a_trace() -> None:
    """A symbol that nobody can name stands as the replacement sign, never as nothing."""
    assert flow(p("a", word.sym("Wingdings", "F021"), "b")) == ["a\ufffdb"]


# Tracked changes, hidden text


def test_changes_are_read_as_accepted_and_the_deleted_text_reported() -> None:
    """Insertions and the new place of moved text count; deletions are told beside."""
    made = tree(
        p("kept ", word.inserted(run("new ")), word.deleted("old words"), "end"),
        p(word.moved_from("moved"), "here"),
        p(word.inserted(run("moved"), "moveTo")),
    )
    assert [paragraph.text for paragraph in made.paragraphs()] == ["kept new end", "here", "moved"]
    assert "old words" in [aside.text for aside in asides(made, "deleted")]
    assert "tracked_changes" in made.notices


def test_whole_blocks_inserted_and_deleted() -> None:
    """Rows and paragraphs that were tracked as a whole are in or out as a whole."""
    gone = "<w:tc><w:p><w:del w:id='1'><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:tc>"
    made = tree(table(["a"], row("b", revision="ins"), row(Xml(gone), revision="del")))
    assert grid(made) == [["a"], ["b"]]
    assert [aside.text for aside in asides(made, "deleted")] == ["gone"]


def test_paragraphs_whose_mark_was_deleted_are_one() -> None:
    """A deleted paragraph mark joins its paragraph with the next; with several in a row, all of them."""
    assert flow(p("12 ", mark_deleted=True), p("March ", mark_deleted=True), p("2024"), p("next")) == [
        "12 March 2024", "next",
    ]  # fmt: skip


def test_a_paragraph_mark_deleted_before_a_table_or_the_end_loses_nothing() -> None:
    """Where no paragraph follows, the text stands as it is."""
    assert flow(p("before", mark_deleted=True), table(["in"]), p("after", mark_deleted=True)) == [
        "before", "in", "after",
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", [p(run("secret", "vanish")), p("secret", style="Concealed")])
def test_hidden_text_is_no_answer_and_is_reported(hidden: Xml) -> None:
    """Hidden text is told beside and stands nowhere in the flow."""
    made = tree(p("seen"), hidden)
    assert "secret" not in "".join(paragraph.text for paragraph in made.paragraphs())
    assert [aside.text for aside in asides(made, "hidden")] == ["secret"]
    assert "hidden_text" in made.notices


# Tables


def test_spans_and_merges_keep_their_columns() -> None:
    """Merged cells know which columns they cover and which cell they belong to."""
    made = tree(
        table(
            [cell("wide", span=2), "c"],
            [cell("tall", merge="restart"), "x", "y"],
            [cell(merge="continue"), "z", "w"],
        )
    )
    found = made.blocks[0]
    assert isinstance(found, Table)
    assert [(one.column, one.span, one.merge) for line in found.rows for one in line.cells] == [
        (1, 2, ""), (3, 1, ""), (1, 1, "start"), (2, 1, ""), (3, 1, ""), (1, 1, "continue"), (2, 1, ""), (3, 1, ""),
    ]  # fmt: skip


def test_text_in_a_covered_cell_is_kept() -> None:
    """Text that Word hides under a vertical merge is still in the tree."""
    made = tree(table([cell("top", merge="restart")], [cell("under", merge="continue")]))
    assert grid(made) == [["top"], ["under"]]


def test_cells_left_out_at_the_start_of_a_row_move_its_columns() -> None:
    """`gridBefore` says that a row begins further right."""
    begins = Xml("<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>" + cell("third") + "</w:tr>")
    found = tree(table(["a", "b", "c"], begins)).blocks[0]
    assert isinstance(found, Table)
    assert found.rows[1].cells[0].column == 3


def test_places_name_table_row_and_column() -> None:
    """Tables are counted from 1; a table inside another has the outer one's number before its own."""
    inner = table(["x"])
    made = tree(table(["a"]), table(["b", cell("c", inner, inner)]), table(["d"]))
    tables = [block for block in made.blocks if isinstance(block, Table)]
    nested = [block for block in tables[1].rows[0].cells[1].blocks if isinstance(block, Table)]
    assert [one.number for one in tables + nested] == ["1", "2", "3", "2.1", "2.2"]
    assert tables[1].cell_place(0, tables[1].rows[0].cells[1]).where == "table 2, row 1, column 2"


# Beside the flow


def test_text_boxes_are_read_once() -> None:
    """A text box stands twice in the file (new and old way) and once in what is read; a table in it too."""
    made = tree(p("around", word.text_box(p("boxed"), table(["cell a", "cell b"]))))
    assert [paragraph.text for paragraph in made.paragraphs()] == ["around"]
    (box,) = asides(made, "text box")
    assert box.text.split() == ["boxed", "cell", "a", "|", "cell", "b"]
    assert [paragraph.text for paragraph in walk_paragraphs(box.blocks) if paragraph.text] == [
        "boxed", "cell a", "cell b",
    ]  # fmt: skip


def test_alternate_content_in_the_flow_is_read_once() -> None:
    """Of a choice and its fallback Word shows one."""
    either = (
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice>"
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    made = flow(p(Xml(either.format(run("new"), run("old")))), Xml(either.format(p("block new"), p("block old"))))
    assert made == ["new", "block new"]


def test_notes_and_comments_say_where_they_belong() -> None:
    """Footnotes and comments stand beside, with the place of their mark and the comment's author."""
    around = Beside(comments={3: "Please check."}, footnotes={2: "As told by the school."})
    made = tree(
        p("one"), p("two", word.footnote_mark(2)), table(["a", cell(p("b", word.comment_mark(3)))]), beside=around
    )
    (note,), (comment,) = asides(made, "footnote"), asides(made, "comment")
    assert (note.text, note.place.where) == ("As told by the school.", "footnote 2 at paragraph 2")
    assert (comment.text, comment.author) == ("Please check.", "Avery Example")
    assert comment.place.where == "comment 3 at table 1, row 1, column 2"
    assert "comments" in made.notices


def test_a_comment_without_a_mark_is_kept() -> None:
    """A comment whose mark was lost is read all the same."""
    assert [aside.text for aside in asides(tree(p("x"), beside=Beside(comments={7: "Late note"})), "comment")] == [
        "Late note"
    ]


def test_headers_and_footers_stand_beside() -> None:
    """Header and footer are read with their tables."""
    around = Beside(header=table(["Case reference", "RR-1"]), footer=p("v3.2"))
    made = tree(p("x"), beside=around)
    (head,) = asides(made, "header")
    assert [paragraph.text for paragraph in walk_paragraphs(head.blocks)] == ["Case reference", "RR-1"]
    assert [aside.text for aside in asides(made, "footer")] == ["v3.2"]


def test_a_signature_picture_and_a_ring_leave_a_mark() -> None:
    """A picture and a drawn ellipse are noticed where they stand."""
    first, second = runs(word.picture())[0], runs("Yes", word.ring())[1]
    assert first.picture
    assert second.ring


# Kinds, properties, what is not believed


@pytest.mark.parametrize("kind", ["docx", "docm", "dotx"])
@pytest.mark.parametrize("strict", [False, True])
def test_all_kinds_of_word_file_read_alike(kind: str, strict: bool) -> None:
    """Documents, macro documents and templates, transitional or strict, give the same tree."""
    blocks = (p("typed"), table(["a", cell(p(word.check_control(ticked=True)))]))
    assert tree(*blocks, kind=kind, strict=strict).blocks == tree(*blocks).blocks


def test_custom_properties_are_read() -> None:
    """Our own blanks carry their identity in custom properties."""
    around = Beside(properties={"intake.form": "referral", "intake.case": "RR-2026-001"})
    assert tree(p("x"), beside=around).properties == {"intake.form": "referral", "intake.case": "RR-2026-001"}


def test_macros_and_embedded_files_are_noticed() -> None:
    """A macro project or an embedded file is said, and stays closed."""
    around = Beside(extra={"word/vbaProject.bin": b"macro", "word/embeddings/oleObject1.bin": b"file"})
    assert tree(p("x"), beside=around, kind="docm").notices == ["embedded_files", "macros"]


def test_external_relations_are_never_followed() -> None:
    """A header said to be elsewhere is left there; the document is read without it."""
    outside = (
        '<Relationship Id="r8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" '
        'Target="https://collector.example/header.xml" TargetMode="External"/>'
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="../../../../etc/passwd"/>'
    )
    made = tree(p("x"), beside=Beside(relations=outside))
    assert [paragraph.text for paragraph in made.paragraphs()] == ["x"]
    assert made.asides == []


# Damage and attack


def _members(**changed: bytes | None) -> bytes:
    files = word.unzipped(document(p("typed")))
    for name, data in changed.items():
        path = {"main": "word/document.xml", "styles": "word/styles.xml", "root": "_rels/.rels"}[name]
        if data is None:
            files.pop(path)
        else:
            files[path] = data
    return word.zipped(files)


_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    b'2006/main"><w:body><w:p><w:r><w:t>&c;&f;</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"no zip at all",
        document(p("typed"))[:200],
        document(p("typed"))[:-30],
        _members(main=None),
        _members(main=b""),
        _members(main=b"<w:document"),
        _members(main=b"<x/>"),
        _members(main=b"\x00\x01\x02"),
        _members(main=_BOMB),
        _members(styles=_BOMB),
        _members(main=b'<?xml version="1.0" encoding="klingon"?><x/>'),
        _members(main=b'<?xml version="1.0" encoding="UTF-16"?><x/>'),
    ],
)
def test_damaged_files_are_unreadable(data: bytes) -> None:
    """Truncated, missing, malformed and hostile parts end in a reason, never in another error."""
    with pytest.raises(Unreadable):
        read(data, SMALL)


def test_a_file_without_its_root_relation_is_read() -> None:
    """The usual place of the main part serves when the relation that names it is missing."""
    assert [paragraph.text for paragraph in read(_members(root=None), SMALL).paragraphs()] == ["typed"]


@pytest.mark.parametrize("name", ["main", "styles"])
def test_a_part_that_unfolds_without_end_is_too_large(name: str) -> None:
    """Unfolding stops at the limit, whatever the file says of its size."""
    bomb = b"<w:x>" + b" " * 30_000_000 + b"</w:x>"
    with pytest.raises(TooLarge):
        read(_members(**{name: bomb}), SMALL)


def test_more_rows_than_the_limit_are_too_large() -> None:
    """Rows are counted while they are read."""
    with pytest.raises(TooLarge):
        tree(table(*(["x"] for _ in range(501))))


def _deep(name: str, depth: int, inner: str) -> Xml:
    return Xml(f"<w:{name}>" * depth + inner + f"</w:{name}>" * depth)


@pytest.mark.parametrize(
    "body",
    [
        Xml("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60),
        Xml("<w:sdt><w:sdtContent>" * 5_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5_000),
        _deep("customXml", 5_000, "<w:p/>"),
        p(_deep("smartTag", 5_000, run("x"))),
        p(_deep("ins", 200, run("x"))),
        p(_deep("hyperlink", 240, run("x"))),
        p(Xml("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 100)),
    ],
)
def test_deep_nesting_ends_in_a_reason_or_in_text(body: Xml) -> None:
    """However deep the elements nest, the reader gives its tree or says why not."""
    started = time.monotonic()
    try:
        made = tree(body)
    except InputProblem:
        made = None
    assert made is None or list(made.paragraphs())
    assert time.monotonic() - started < 30


def test_tables_nested_beyond_the_limit_are_too_deep() -> None:
    """Nine tables inside each other are no form."""
    inner: Xml = table(["x"])
    for _ in range(9):
        inner = table([cell(inner)])
    with pytest.raises(TooDeep):
        tree(inner)


def test_absurd_numbers_are_taken_for_none() -> None:
    """Spans and offsets beyond all measure do not cost memory or time."""
    absurd = Xml("<w:tc><w:tcPr><w:gridSpan w:val='99999999999999'/></w:tcPr>" + p("x") + "</w:tc>")
    minus = Xml("<w:tc><w:tcPr><w:gridSpan w:val='-3'/></w:tcPr>" + p("y") + "</w:tc>")
    assert grid(tree(table([absurd, minus]))) == [["x", "y"]]


def test_paragraphs_are_values() -> None:
    """The same bytes give an equal tree each time."""
    data = document(p("typed ", word.check_control(ticked=True)), table(["a", cell("b", table(["c"]))]))
    assert read(data, SMALL) == read(data, SMALL)
    assert isinstance(read(data, SMALL).blocks[0], Paragraph)


def test_a_part_whose_name_is_no_text_is_damage() -> None:
    """The name in front of a part's bytes may be nonsense in a damaged file."""
    data = bytearray(document(p("words")))
    at = data.index(b"word/document.xml")
    data[at - 23] |= 0x08
    data[at + 1] = 0xF9
    with pytest.raises(Unreadable):
        read(bytes(data), SMALL)
