"""The four files of the pack: what a reader finds in them, and what can never be in them."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from io import BytesIO

import openpyxl
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from generators.packs.build import build_pack
from generators.packs.content import PackContent, Returned, returned_from
from records.results import ReviewItem
from records.submissions import FiledReturn
from tests.generators.pack_fixture import (
    CARE,
    CHRONOLOGIES,
    CONTENT,
    POLICE,
    chronology,
    event,
    source,
)

BARE = PackContent(partnership="P", marking="OFFICIAL", case=CONTENT.case, edition=1, built_on=CONTENT.built_on)


@cache
def files() -> dict[str, bytes]:
    return dict(build_pack(CONTENT).files)


@cache
def pages() -> tuple[str, ...]:
    return pdf_pages(files()["pack.pdf"])


def pdf_pages(data: bytes) -> tuple[str, ...]:
    pdf = pypdfium2.PdfDocument(data)
    found = tuple(page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\u200b", "") for page in pdf)
    pdf.close()
    return found


def wide_cells(data: bytes) -> str:
    """The text of the turned pages cell by cell, so that a line's end in one column is not broken by the next."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        wide = [page for page in pdf.pages if page.width > page.height]
        cells = [cell for page in wide for table in page.extract_tables() for row in table for cell in row if cell]
    return squeezed("".join(cells))


def squeezed(text: str) -> str:
    """Without white space, soft breaks and hyphens, so that a line's end makes no difference."""
    return re.sub(r"[\s\u200b\u00ad\-‐]+", "", text)


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def word_text(data: bytes) -> str:
    body = Document(BytesIO(data)).element.body
    return "\n".join("".join(text.text or "" for text in para.iter(qn("w:t"))) for para in body.iter(qn("w:p")))


def small(*returns: Returned) -> dict[str, bytes]:
    """The pack of a case that has nothing but these chronologies."""
    return dict(build_pack(replace(BARE, returns=returns)).files)


def test_same_content_gives_the_same_bytes() -> None:
    """A second build, with the returns handed over in another order, gives byte-identical files."""
    again = replace(CONTENT, returns=CONTENT.returns[::-1], asked=CONTENT.asked[::-1], clocks=CONTENT.clocks[::-1])
    assert files() == dict(build_pack(again).files)


def test_first_page_says_what_is_missing() -> None:
    """Outstanding and unsigned returns, values to confirm and open errors stand on page 1, with the control data."""
    for words in (
        "NVSCP-RR-2024-07",
        "Edition 2",
        "What is missing from this edition",
        "Probation Service, Northern Vale: agency summary (due 22 March 2024, 6 days overdue)",
        "Larkhill Primary School: agency summary (due 2 April 2024, extended)",
        "Northern Vale Children’s Services: agency summary, chronology of significant events",
        "4 values in 3 returns",
        "1 error and 3 other findings",
    ):
        assert squeezed(words) in squeezed(pages()[0]), words


def test_cover_names_no_child() -> None:
    """The cover shows codes; names are on the restricted sheet."""
    assert "Child 1, Child 2" in pages()[0]
    assert "Testerby" not in pages()[0]


def test_complete_pack_says_so() -> None:
    """When nothing is missing the first page says that, rather than nothing."""
    asked = tuple(item for item in CONTENT.asked if item.state in ("returned", "nil") and item.quality_assured)
    done = PackContent(
        partnership="P",
        marking="OFFICIAL-SENSITIVE",
        case=CONTENT.case,
        edition=1,
        built_on=CONTENT.built_on,
        asked=asked,
    )
    assert "Nothing is missing from this edition" in pdf_pages(build_pack(done).files["pack.pdf"])[0]


def test_every_page_carries_the_marking_and_its_number() -> None:
    """The marking stands at head and foot of each page, with page x of y."""
    for number, page in enumerate(pages(), start=1):
        assert page.count("OFFICIAL-SENSITIVE") >= 2
        assert f"Page {number} of {len(pages())}" in page


def test_contents_give_the_real_pages() -> None:
    """Each main part is listed with the page on which its heading stands."""
    listed = dict(re.findall(r"^([A-Z][A-Za-z -]+?) ?\.{3,} ?(\d+)$", pages()[1].replace(" .", "."), re.MULTILINE))
    for title in ("Referral", "Agency summaries", "Integrated chronology", "People key", "Glossary", "Findings"):
        assert title in pages()[int(listed[title]) - 1].split("\n"), title


def test_pdf_is_tagged_for_assistive_technology() -> None:
    """The PDF claims PDF/UA-1, has a title, a language and a structure tree with table heads."""
    with pikepdf.open(BytesIO(files()["pack.pdf"])) as pdf:
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        tags = {
            str(item.S)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item
        }
    assert {"/Table", "/TH", "/H1", "/H2", "/TOC"} <= tags


def test_chronology_head_is_on_every_page_of_it_and_the_paper_is_turned() -> None:
    """Each landscape page with rows repeats the head row and names an agency for every row."""
    with pdfplumber.open(BytesIO(files()["pack.pdf"])) as pdf:
        wide = [page for page in pdf.pages if page.width > page.height]
        assert len(wide) > 2
        with_rows = [page for page in wide if page.extract_tables() and "Response or outcome" in page.extract_text()]
        for page in with_rows:
            table = page.extract_tables()[0]
            assert table[0][0] == "No."
            assert all(row[2] for row in table[1:])


@pytest.mark.parametrize("name", ["pack.pdf", "pack.docx", "pack.xlsx"])
def test_every_event_is_in_every_file(name: str) -> None:
    """The words of every row of every chronology are in the PDF, the Word file and the workbook."""
    data = files()[name]
    if name == "pack.pdf":
        text = wide_cells(data)
    elif name == "pack.docx":
        text = squeezed(word_text(data))
    else:
        sheet = openpyxl.load_workbook(BytesIO(data))["Chronology"]
        text = squeezed("".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value))
    for returned in CHRONOLOGIES:
        for told in returned.record["events"]:
            assert squeezed(told["event"]) in text


def test_an_unsure_value_is_shown_as_typed_and_marked() -> None:
    """A date under review stands as typed beside “to be confirmed” in each file; the reading of it stands in none."""
    unsure = chronology(
        CARE,
        [event("2024-02-03", "03/02/24 or 02/03/24", "Home visit.", time="10:00", child_seen="yes")],
        "a.docx",
        review=(ReviewItem("events[0].date", "Two dates in one cell.", "03/02/24 or 02/03/24"),),
    )
    made = small(unsure)
    for text in (squeezed("".join(pdf_pages(made["pack.pdf"]))), squeezed(word_text(made["pack.docx"]))):
        assert "03/02/24or02/03/24" in text
        assert "TOBECONFIRMED" in text
        assert "3Feb2024" not in text
        assert "3February2024" not in text
    row = [cell.value for cell in openpyxl.load_workbook(BytesIO(made["pack.xlsx"]))["Chronology"][3]]
    assert row[1] is None
    assert row[2] == "03/02/24 or 02/03/24"
    assert row[18] == "TO BE CONFIRMED: date: Two dates in one cell."


def test_real_dates_in_the_workbook_only_where_a_day_is_certain() -> None:
    """A month, a doubtful day and a range have no date value, only words; a certain day is a real date."""
    events = [
        event("2024-03-12", "12/03/24", "a"),
        event("2024-03-13?", "?13/3/24", "b"),
        event("2024-04", "April", "c"),
        event("2024-05-01/2024-05-03", "1-3 May", "d"),
    ]
    sheet = openpyxl.load_workbook(BytesIO(small(chronology(CARE, events, "a.docx"))["pack.xlsx"]))["Chronology"]
    rows = [(row[1].value, row[2].value) for row in sheet.iter_rows(min_row=3)]
    assert [(datetime(2024, 3, 12), "12/03/24"), (None, "?13/3/24"), (None, "April"), (None, "1-3 May")] == rows  # noqa: DTZ001


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_nothing_typed_becomes_a_formula(start: str) -> None:
    """Text that begins like a formula is stored as text and stays text when a person edits the cell."""
    typed = f'{start}HYPERLINK("http://bad.example")'
    data = small(chronology(CARE, [event("2024-03-12", typed, typed, source=typed)], "a.docx"))["pack.xlsx"]
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if name.endswith(".xml"))
    sheet = openpyxl.load_workbook(BytesIO(data))["Chronology"]
    cells = [cell for cell in sheet[3] if cell.value == typed]
    assert len(cells) == 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


MARKUP = '#panic("x") *b* _i_ $x^2$ = h // c @ref <label> \\ `raw` #import "a.typ" [x] {y} "quote" \u0007\u202e'


def test_typed_markup_is_text_in_every_file() -> None:
    """What looks like markup to typst, XML or JSON is printed as typed; control marks are shown by number."""
    told = chronology(CARE, [event("2024-03-12", "12/03/24", MARKUP, source="</w:t><b>&amp;")], "a.docx")
    made = small(told)
    shown = squeezed(MARKUP).replace("\u0007", "[U+0007]").replace("\u202e", "[U+202E]")
    assert shown in squeezed(word_text(made["pack.docx"]))
    assert "</w:t><b>&amp;" in word_text(made["pack.docx"])
    assert shown in wide_cells(made["pack.pdf"])


def test_no_text_leaves_its_page_or_its_column() -> None:
    """Long unbroken words break inside their cell, in narrow columns too, also in capitals."""
    long = "W" * 400
    address = "https://records.example/" + "/".join(["AVERYLONGSEGMENT"] * 8) + "?id=" + "9" * 60
    events = [event("2024-03-12", "W" * 60, long, source=address, people=long[:80], action=address)]
    told = chronology(POLICE.model_copy(update={"name": "W" * 40}), events, "a.docx")
    with pdfplumber.open(BytesIO(small(told)["pack.pdf"])) as pdf:
        for page in pdf.pages:
            assert all(char["x0"] > 30 and char["x1"] < page.width - 30 for char in page.chars if char["text"].strip())
            for table in page.find_tables():
                edges = sorted({round(cell[0]) for cell in table.cells} | {round(cell[2]) for cell in table.cells})
                inside = [char for char in page.crop(table.bbox).chars if char["text"].strip()]
                for char in inside:
                    assert not any(char["x0"] + 1 < edge < char["x1"] - 1 for edge in edges)


def test_a_row_longer_than_a_page_runs_on_and_loses_nothing() -> None:
    """An event of several thousand words ends on a later page with its last word."""
    told = " ".join(f"word{number}" for number in range(4000))
    made = small(chronology(CARE, [event("2024-03-12", "12/03/24", told)], "a.docx"))
    text = squeezed("".join(pdf_pages(made["pack.pdf"])))
    assert "word3999" in text
    assert all(f"word{number}" in text for number in range(0, 4000, 97))


def test_characters_no_font_of_ours_has_are_shown_by_number_and_stay_in_the_office_files() -> None:
    """A name in another script does not stop the pack: a number in the PDF, the name itself in Word and Excel."""
    made = small(chronology(CARE, [event("2024-03-12", "12/03/24", "Mother known as 露西 and 😀")], "a.docx"))
    assert "[U+9732]" in squeezed("".join(pdf_pages(made["pack.pdf"])))
    assert "露西" in word_text(made["pack.docx"])
    sheet = openpyxl.load_workbook(BytesIO(made["pack.xlsx"]))["Chronology"]
    assert sheet[3][7].value == "Mother known as 露西 and 😀"


def test_people_key_has_its_page_to_itself() -> None:
    """The restricted sheet can be taken out without taking anything else."""
    held = [page for page in pages() if "Restricted sheet" in page]
    assert len(held) == 1
    lines = held[0].split("\n")
    assert lines[1] == "People key"
    assert "Glossary" not in lines
    assert not any("Pat Mockford" in page for page in pages() if page is not held[0])


def test_nil_and_missing_summaries_are_named() -> None:
    """An agency without a summary has its place among the summaries, with the reason."""
    text = squeezed("".join(pages()))
    assert squeezed("Valeside Homes From “housing nil return.docx”") in text
    assert squeezed("Nil return: the agency states that it had no involvement") in text
    assert squeezed("Probation Service, Northern Vale No summary has been received") in text


def test_what_no_field_took_is_in_the_pack() -> None:
    """Words typed outside the questions stand word for word beside the return they came with."""
    text = squeezed("".join(pages()))
    assert squeezed("Please ring before circulating – SE") in text
    assert squeezed("outpatient letters before 2022 are on microfilm") in text


def test_word_file_has_real_headings_repeated_heads_and_a_turned_section() -> None:
    """Heading styles give Word's navigation; every head row repeats; only the chronology is landscape."""
    document = Document(BytesIO(files()["pack.docx"]))
    main = [para.text for para in document.paragraphs if para.style.name == "Heading 1"]
    assert "Integrated chronology" in main
    assert [
        "landscape" if section.page_width > section.page_height else "portrait" for section in document.sections
    ] == ["portrait", "landscape", "portrait"]
    assert all("OFFICIAL-SENSITIVE" in section.header.paragraphs[0].text for section in document.sections)
    tables = [table for table in document.tables if len(table.columns) == 9]
    assert tables
    assert all(table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in tables)
    marks = re.findall(r'w:bookmarkStart w:id="(\d+)"', document_xml(files()["pack.docx"]))
    assert len(marks) == len(set(marks))


def test_workbook_is_ready_to_filter() -> None:
    """Each sheet has its heads frozen and a filter over them."""
    book = openpyxl.load_workbook(BytesIO(files()["pack.xlsx"]))
    assert book.sheetnames == ["Contents", "Returns", "Chronology", "Summaries", "Findings", "Glossary"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert all(sheet.column_dimensions[letter].width > 5 for letter in "AB")


def test_manifest_names_files_sources_and_counts() -> None:
    """Fingerprints match the files; rows in equal rows out for each agency; every check holds."""
    manifest = json.loads(files()["manifest.json"])
    for name in ("pack.pdf", "pack.docx", "pack.xlsx"):
        assert sha256(files()[name]).hexdigest() == manifest["files"][name]["sha256"]
    assert manifest["chronology"]["rows_in"] == {"care": 12, "police": 8, "school": 7, "trust": 11}
    assert manifest["chronology"]["rows_in"] == manifest["chronology"]["rows_out"]
    assert len(CONTENT.returns) == len(manifest["sources"])
    assert all(check["holds"] for check in manifest["checks"])
    assert manifest["edition"] == 2


def test_nothing_tells_when_or_where_it_was_made() -> None:
    """The office files carry no time but the day of the edition; every part has the same stamp."""
    for name in ("pack.docx", "pack.xlsx"):
        with zipfile.ZipFile(BytesIO(files()[name])) as package:
            assert {(1980, 1, 1, 0, 0, 0)} == {member.date_time for member in package.infolist()}
            stamps = set(re.findall(r">(\d{4}-\d\d-\d\dT[^<]*)<", package.read("docProps/core.xml").decode()))
        assert {"2024-03-28T00:00:00Z"} == stamps


def test_a_filed_return_becomes_a_return_of_the_pack() -> None:
    """What `intake read` printed and the store kept is what the pack needs, doubts and places included."""
    filed = FiledReturn(
        id="r1",
        document_id="d1",
        submission_id="s1",
        case_reference="X",
        agency_id="care",
        request_id=None,
        form="chronology",
        version=2,
        received_at=datetime.fromisoformat("2024-03-25T09:00:00+00:00"),
        state="filed",
        result={
            "record": {"events": [event("2024-03-12", "12/03/24", "visit")]},
            "places": {"events[0].date": {"text": "12/03/24", "where": "table 1, row 2", "page": 1, "box": None}},
            "review": [{"field": "events[0].date", "why": "unsure", "text": ""}],
            "findings": [{"rule": "C1", "severity": "error", "field": "", "message": "m", "remedy": "r"}],
            "unplaced": [{"text": "note", "where": "margin"}],
        },
    )
    returned = returned_from(filed, CARE, source("a.docx", 2))
    assert returned.doubt("events[0].date") is not None
    assert returned.doubt("events[0].event") is None
    assert returned.places["events[0].date"].where == "table 1, row 2"
    assert build_pack(replace(CONTENT, returns=(returned,))).files["pack.pdf"].startswith(b"%PDF")


def test_an_empty_case_still_gives_a_pack() -> None:
    """A case with nothing asked and nothing received gives a pack that says so."""
    text = squeezed("".join(pdf_pages(build_pack(BARE).files["pack.pdf"])))
    for words in ("No request has been recorded", "No chronology has been received", "No referral form has been filed"):
        assert squeezed(words) in text
