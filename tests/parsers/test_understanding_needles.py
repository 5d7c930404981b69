"""Nothing typed is lost, whatever is typed wherever; the order of tables changes nothing; any damage ends in a name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from parsers.read import read_document
from records.limits import Limits
from tests.parsers import word_files as word
from tests.parsers.planting import needle, planted, sentence, untold
from tests.parsers.understanding import FIRST, FRONT, HEAD, SECOND, TITLES, leaves, words_in
from tests.parsers.word_files import Beside, Xml, cell, document, form, heading, label, p, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = Path(__file__).parents[2] / "forms"
BLANKS = sorted(FORMS.glob("*/blank.docx"))
SMALL = Limits(unzipped_bytes=30_000_000, rows=5_000)

SUMMARY = document(
    TITLES["agency_summary"],
    FRONT,
    form(
        (
            "Is the author independent of the case?",
            cell(p(word.check_control(ticked=True), " Yes ", word.check_control(ticked=False), " No")),
        ),
        ("Period under review", "January 2022 to March 2024"),
    ),
    table([label("Child's name"), "Robin Testerby", label("Date of birth"), "14/05/2019"]),
    heading("Summary of involvement", 2),
    p("We saw the child."),
    table(["Week", cell("Visits", table(["a", "b"]))], ["1", "2"]),
    heading("Single agency actions", 2),
    table(
        [label(words) for words in ("Action", "Lead", "Target date")], ["Train staff", "Pat", "1/6/2026"], ["", "", ""]
    ),
    heading("Quality assured by", 2),
    form(("Name", "Sam Sample"), ("Signature", cell(p(word.picture()))), ("Date", "04/03/2026")),
    p("Noted", word.footnote_mark(1), word.comment_mark(2), word.text_box(p("boxed"))),
    beside=Beside(
        header=table(["Case reference", ""]), footer=p("v3.2"), footnotes={1: "note"}, comments={2: "remark"}
    ),
)
CHRONOLOGY = document(
    TITLES["chronology"], form(("Case reference", "RR-1"), ("Agency", "")), heading("Key to people", 2),
    table([label("Code"), label("Name"), label("Role")], ["MO", "Mother", ""]), heading("Events", 2),
    table(HEAD, ["dd/mm/yyyy", "", "", "", ""], FIRST, ["", "", "", "", ""], [cell("2025", span=5)], SECOND),
    p(""), table(["14/03/2024", "", "Note", "Call.", ""]),
)  # fmt: skip
REFERRAL = document(
    TITLES["referral"],
    heading("Referrer", 2),
    table(
        [label("Name"), label("Agency & designation/title"), label("Contact details")], ["Avery Example", "Police", ""],
    ),
    form(("Case reference", "RR-1"), ("Forename(s)", "Robin"), ("Surname", "Testerby"), ("NHS number", "999 000 0018"),
         ("Is there media interest?", "Yes / No")),
    heading("Criteria", 2),
    table(["☐", label("A child has died")], ["X", label("The child has been seriously harmed")]),
    heading("Agencies involved", 2),
    table([label("Name"), label("Agency"), label("Are they still involved?")], ["Pat", "GP", "Y"], ["", "", ""]),
)  # fmt: skip
BUILT = {"summary": SUMMARY, "chronology": CHRONOLOGY, "referral": REFERRAL}
SOURCES = {**BUILT, **{f"blank {path.parent.name}": path.read_bytes() for path in BLANKS}}
NO_SHRINKING = (Phase.explicit, Phase.generate)
"""A failure is told at once: making it smaller reads a hundred more documents."""
CHANGES = st.sampled_from("drop double move rename strip".split())
PARTS = re.compile(r"word/(document|header\d*|footnotes|comments)\.xml")


def _lost(name: str, seed: int, count: int, *, into_words: bool) -> set[str]:
    chance = Random(seed)
    needles = [needle(chance) for _ in range(count)]
    data, needles = planted(SOURCES[name], needles, chance, into_words=into_words)
    result = read_document(data, "docx", limits=SMALL)
    return set() if result.outcome == "rejected" else set(needles) - words_in(result)


@pytest.mark.parametrize("name", list(SOURCES))
@settings(max_examples=8, phases=NO_SHRINKING)
@given(seed=st.integers(0, 10**6), count=st.sampled_from((1, 3, 12)))
def test_every_word_typed_on_a_line_of_its_own_is_told(name: str, seed: int, count: int) -> None:
    """Words typed in blank cells and lines, between questions, in header, notes and boxes are in the result."""
    assert _lost(name, seed, count, into_words=False) == set()


@pytest.mark.parametrize("name", ["chronology", "blank referral"])
@settings(max_examples=15, phases=NO_SHRINKING)
@given(seed=st.integers(0, 10**6), count=st.sampled_from((1, 3)))
def test_every_word_typed_into_what_stands_there_is_told(name: str, seed: int, count: int) -> None:
    """Words typed before or behind a label, a value, a tick or a date, in the same line, are in the result."""
    assert _lost(name, seed, count, into_words=True) == set()


@pytest.mark.parametrize("name", ["summary", "chronology", "referral", "blank agency_summary", "blank referral"])
@settings(max_examples=8, phases=NO_SHRINKING)
@given(seed=st.integers(0, 10**6), into_words=st.booleans())
def test_every_sentence_typed_anywhere_is_told(name: str, seed: int, into_words: bool) -> None:
    """A sentence in the words of the forms is told whole, behind labels, under options, in headings and headers too."""
    chance = Random(seed)
    data, texts = planted(SOURCES[name], [sentence(chance) for _ in range(3)], chance, into_words=into_words)
    result = read_document(data, "docx", limits=SMALL)
    told = json.dumps(result.to_json("")["returns"], ensure_ascii=False)
    assert result.outcome == "rejected" or untold(texts, told) == []


def test_text_typed_over_a_prompt_by_another_program_is_told() -> None:
    """Some programs leave the mark of the prompt on a control that holds an answer."""
    filled = cell(p(word.control(word.run("Avery Example"), prompt=True)))
    result = read_document(document(TITLES["agency_summary"], FRONT, form(("Author's role", filled))), "docx")
    assert {"avery", "example"} <= words_in(result) - {"fictional"}
    assert "Avery Example" in json.dumps([item.to_json()["unplaced"] for item in result.returns]) or dict(
        leaves(result.returns[0].record)
    ).get("author.role")


def test_a_sentence_in_the_footer_is_told() -> None:
    """A footer is printed on the form or typed by somebody; what is no edition is kept."""
    around = Beside(footer=p("Typed by Sam Sample for the hearing in May 2024"))
    assert "hearing" in words_in(read_document(document(TITLES["agency_summary"], FRONT, beside=around), "docx"))


@pytest.mark.parametrize("name", ["summary", "chronology", "referral"])
@settings(max_examples=8, phases=NO_SHRINKING)
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_whole_sections_changes_no_value(name: str, order: Random) -> None:
    """Tables and their headings may come in any order; each value stays what it was."""
    files = word.unzipped(BUILT[name])
    root = etree.fromstring(files["word/document.xml"])
    body = root[0]
    title, *blocks = list(body)[:-1]
    sections: list[list[Any]] = []
    for block in blocks:
        headed = block.find(f"{W}pPr/{W}pStyle") is not None
        if (
            headed
            or not sections
            or (block.tag == W + "tbl" and sections[-1][0].tag == W + "tbl" and name != "chronology")
        ):
            sections.append([])
        sections[-1].append(block)
    order.shuffle(sections)
    body[:] = [title, *[block for section in sections for block in section]]
    files["word/document.xml"] = etree.tostring(root)
    before, after = (read_document(data, "docx").returns[0].record for data in (BUILT[name], word.zipped(files)))
    assert dict(leaves(after)) == dict(leaves(before))


@settings(max_examples=40, phases=NO_SHRINKING)
@given(
    name=st.sampled_from(list(BUILT)),
    cuts=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), CHANGES), min_size=1, max_size=12),
)
def test_any_change_of_structure_ends_in_an_outcome(name: str, cuts: list[tuple[float, str]]) -> None:
    """Elements dropped, doubled, moved, renamed, stripped: read, needs review or rejected; nothing raises."""
    files = word.unzipped(BUILT[name])
    root = etree.fromstring(files["word/document.xml"])
    for where, change in cuts:
        elements = list(root.iter(etree.Element))[1:]
        if elements:
            _change(elements, elements[int(where * len(elements))], change)
    files["word/document.xml"] = etree.tostring(root)
    result = read_document(word.zipped(files), "docx", limits=SMALL)
    assert result.outcome in ("read", "needs_review", "rejected")
    assert result.outcome != "rejected" or result.reason


def _change(elements: list[Any], chosen: Any, change: str) -> None:
    parent = chosen.getparent()
    if change == "drop":
        parent.remove(chosen)
    elif change == "double":
        parent.insert(0, etree.fromstring(etree.tostring(chosen)))
    elif change == "move":
        target = elements[(elements.index(chosen) * 7) % len(elements)]
        if chosen not in (target, *target.iterancestors()):
            target.append(chosen)
    elif change == "rename":
        chosen.tag = elements[(elements.index(chosen) * 13) % len(elements)].tag
    else:
        for name in list(chosen.attrib):
            chosen.set(name, "")


@settings(max_examples=40, phases=NO_SHRINKING)
@given(
    name=st.sampled_from(list(BUILT)),
    part=st.sampled_from(("zip", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")),
    edits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20),
    end=st.floats(0.01, 1),
)
@example(name="summary", part="zip", edits=[(0.0, 0)], end=1.0)
def test_any_change_of_bytes_ends_in_an_outcome(
    name: str, part: str, edits: list[tuple[float, int]], end: float
) -> None:
    """Bytes changed or cut off, in the archive or inside a part: an outcome, and a reason where it is rejected."""
    files = word.unzipped(BUILT[name])
    changed = bytearray(BUILT[name] if part == "zip" else files[part])
    for where, value in edits:
        changed[int(where * len(changed))] = value
    cut = bytes(changed[: max(1, int(end * len(changed)))])
    result = read_document(cut if part == "zip" else word.zipped({**files, part: cut}), "docx", limits=SMALL)
    assert result.outcome in ("read", "needs_review", "rejected")
    assert result.outcome != "rejected" or result.reason


@pytest.mark.parametrize("name", list(SOURCES))
def test_the_same_bytes_give_the_same_result(name: str) -> None:
    """Reading twice gives the same JSON, to the letter."""
    first, second = (json.dumps(read_document(SOURCES[name], "docx").to_json("form.docx")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.parent.name)
def test_a_blank_form_holds_no_answers(path: Path) -> None:
    """What our own blanks print is no answer, and nobody is asked about it."""
    result = read_document(path.read_bytes(), "docx")
    (made,) = result.returns
    assert made.form == path.parent.name
    assert {value for _, value in leaves(made.record)} <= {"no"}
    assert {item.field for item in made.review} <= {""}
    assert [item.text for item in made.unplaced] == []


def _nested(depth: int) -> Xml:
    inner: Xml = p("deep")
    for _ in range(depth):
        inner = Xml(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    return inner


@pytest.mark.parametrize("depth", [100, 3_000])
def test_depth_in_a_very_large_file_ends_in_an_outcome(depth: int) -> None:
    """Large files are parsed without the parser's own guard against depth; ours holds."""
    padding = p(Xml(f"<w:r><w:t>{'x ' * 4_800_000}</w:t></w:r>"))
    inline = Xml("<w:smartTag>" * depth + word.run("deep") + "</w:smartTag>" * depth)
    for body in (_nested(depth), p(inline)):
        result = read_document(document(TITLES["referral"], body, padding), "docx")
        assert result.outcome in ("read", "needs_review", "rejected")
