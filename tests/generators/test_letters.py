"""The letters: everything they are given is in them, nothing personal is, and a broken template says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from docx import Document

from forms.word_package import open_package
from generators.letters.check import check_letters
from generators.letters.context import WITHHELD, LetterContext, Point, edtf_bounds, view
from generators.letters.make_templates import _BODIES, make_letter
from generators.letters.write import HERE, all_letters, write_letter
from generators.personal_data import Personal
from generators.render import text_of_package
from records.cases import Contact
from records.errors import Misconfigured, Refused
from tests.generators.letter_fixture import CONTEXT, PERSONAL

KINDS = sorted(all_letters())
EVERYWHERE = (
    "Alex Fictional",
    "Author",
    "Hillside NHS Trust <Llŷn> & “Partners”",
    "MV-2026-007",
    "Marlow Vale Safeguarding Children Partnership",
    "Civic Centre, 1 Example Street, Marlow Vale, MV1 1AA",
    "OFFICIAL-SENSITIVE",
    "20 November 2026",
    "Robin Sample, Practice review coordinator, practice.reviews@mvscp.example, 0161 496 0100",
    "Friday 4 December 2026, 5 pm",
)
FILES = (
    "MV-2026-007 summary & notes <final>.docx",
    "chronology {{ draft }}.docx",
    "Thursday 19 November 2026 at 3.42 pm",
)
RECEIVED = (
    *FILES,
    *(text for point in CONTEXT.points for text in (point.where, point.message, point.remedy)),
)
ASKED = (*CONTEXT.asked, "rapid review")
SAYS: dict[str, tuple[str, ...]] = {
    "acknowledgement": (*RECEIVED, "not a decision", "Wednesday 9 December 2026"),
    "query": RECEIVED,
    "request": (
        *ASKED,
        "1 January 2024 to 31 October 2026",
        "Hillside NHS Trust, Vale Police and Oak Hill School",
        "section 16H of the Children Act 2004",
        "nil return",
        "quality assured",
        *CONTEXT.enclosures,
        CONTEXT.secure_method,
    ),
    "reminder": (*CONTEXT.asked, "nil return", CONTEXT.next_step, "Friday 27 November 2026"),
    "decision": (CONTEXT.decision, CONTEXT.reasons, "looked at again"),
    "late_thanks": (*FILES, *CONTEXT.asked, "before it"),
    "secure_wrapper": ("Thursday 19 November 2026 at 3.42 pm", "as an attachment", CONTEXT.secure_method),
    "unreadable": (*RECEIVED, "Nothing of it counts", CONTEXT.secure_method),
    "wrong_form": (*FILES, *CONTEXT.asked, "still open", "nil return"),
    "escalation": (*ASKED, CONTEXT.next_step, "18 November 2026 and 19 November 2026", "section 16H"),
}


def letter_text(kind: str, context: LetterContext) -> str:
    return text_of_package(open_package(write_letter(kind, context).docx))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_everything_that_it_was_given(kind: str) -> None:
    """Reference, dates, people, forms, files, findings with their remedies: each is in the Word letter."""
    text = letter_text(kind, CONTEXT)
    assert [wanted for wanted in (*EVERYWHERE, *SAYS[kind]) if wanted.casefold() not in text.casefold()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_mail_says_what_to_do_and_by_when(kind: str) -> None:
    """Somebody who opens no attachment still knows what is asked, by which date, and whom to ask."""
    letter = write_letter(kind, CONTEXT)
    for wanted in ("MV-2026-007", "Friday 4 December 2026, 5 pm", "practice.reviews@mvscp.example"):
        assert wanted in letter.body_text
    assert ("<" in letter.body_text) == ("&lt;" in letter.body_html)
    assert letter.body_text.strip().endswith(CONTEXT.partnership.name)


@pytest.mark.parametrize("kind", KINDS)
def test_the_subject_and_file_name_hold_reference_and_purpose_only(kind: str) -> None:
    """No agency, no contact, no child."""
    letter = write_letter(kind, CONTEXT)
    assert letter.subject.startswith("MV-2026-007: ")
    assert letter.file_name == f"MV-2026-007-{kind.replace('_', '-')}.docx"
    for name in ("Hillside", "Alex", "Fictional"):
        assert name not in letter.subject + letter.file_name


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_context_gives_the_same_letter(kind: str) -> None:
    """Byte for byte, so that a retry sends the same thing."""
    assert write_letter(kind, CONTEXT) == write_letter(kind, CONTEXT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_nothing_optional_reads_well(kind: str) -> None:
    """What does not apply leaves no empty line of its own and no empty heading."""
    bare = replace(
        CONTEXT, copies=(), extended_from=None, enclosures=(), agencies_asked=(), review_from=None, review_to=None,
        meeting_on=None, legal_basis="", reminded_on=(), next_step="", secure_method="", requested_on=None,
    )  # fmt: skip
    text = letter_text(kind, bare)
    for absent in ("Copy to", "Enclosed", "Legal basis", "Period under review", "None", "[]"):
        assert absent not in text
    assert "\n\n\n\n" not in write_letter(kind, bare).body_text


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (date(2026, 12, 2), "friendly reminder"),
        (date(2026, 12, 4), "due today"),
        (date(2026, 12, 7), "have not received it"),
    ],
)
def test_a_reminder_speaks_of_its_day(dated: date, words: str) -> None:
    """Before, on and after the due date it says different things."""
    context = replace(CONTEXT, dated=dated)
    assert words in letter_text("reminder", context)
    assert words in write_letter("reminder", context).body_text


def test_an_acknowledgement_with_nothing_missing_asks_for_nothing() -> None:
    """A complete return gets thanks and no list."""
    text = letter_text("acknowledgement", replace(CONTEXT, points=(), due_on=None))
    assert "You do not need to do anything" in text
    assert "What is missing" not in text


def test_an_acknowledgement_needs_no_case() -> None:
    """Something that is not matched yet is acknowledged too."""
    letter = write_letter("acknowledgement", replace(CONTEXT, case_reference=""))
    assert letter.subject == "Return received"
    assert "not given yet" in letter.body_text


@pytest.mark.parametrize("name", ["Jamie Exemplar summary.docx", "9990000018.docx", "SAMPLE, Sian.docx"])
def test_a_file_name_with_a_name_in_it_is_not_repeated(name: str) -> None:
    """The sender learns that their file name held personal data; the letter does not spread it."""
    item = replace(CONTEXT.received[0], file_name=name)
    letter = write_letter("acknowledgement", replace(CONTEXT, received=(item,)))
    assert WITHHELD in letter.body_text
    assert name not in letter.body_text + text_of_package(open_package(letter.docx))


@pytest.mark.parametrize(
    "words", ["Jamie Exemplar is not named", "born 4 March 2020", "NHS number 999 000 0018", "Exemplar, J."]
)
def test_a_letter_that_would_show_personal_data_is_refused(words: str) -> None:
    """A finding that quotes a child's data never leaves the house."""
    point = Point(where="Child", message=words, remedy="Look again.")
    with pytest.raises(Refused):
        write_letter("query", replace(CONTEXT, points=(point,)))


def test_a_review_period_that_starts_at_birth_does_not_stop_the_request() -> None:
    """The period's own dates may stand in the letter: they are not said to be anybody's birthday."""
    context = replace(CONTEXT, review_from=date(2020, 3, 4), personal=PERSONAL)
    assert "4 March 2020 to 31 October 2026" in letter_text("request", context)


@pytest.mark.parametrize(("kind", "without"), [("request", {"due_on": None}), ("query", {"points": ()})])
def test_a_letter_without_what_it_is_for_is_refused(kind: str, without: dict[str, object]) -> None:
    """No request without a date, no query without a point."""
    with pytest.raises(Refused, match=next(iter(without))):
        write_letter(kind, replace(CONTEXT, **without))  # type: ignore[arg-type]


def test_an_unknown_kind_names_the_kinds_there_are() -> None:
    """A misspelt kind is found at once."""
    with pytest.raises(Misconfigured, match="acknowledgement"):
        write_letter("acknowlegdement", CONTEXT)


def test_a_partnership_may_use_its_own_template_for_one_letter(tmp_path: Path) -> None:
    """The own file goes over ours; the letters that are not there are ours."""
    folder = tmp_path / "reminder"
    folder.mkdir()
    document = Document(HERE / "reminder" / "letter.docx")
    document.add_paragraph("Diolch yn fawr, {{ recipient.agency }}")
    document.save(folder / "letter.docx")
    own = write_letter("reminder", CONTEXT, templates=tmp_path)
    assert "Diolch yn fawr, Hillside NHS Trust <Llŷn>" in text_of_package(open_package(own.docx))
    assert write_letter("query", CONTEXT, templates=tmp_path) == write_letter("query", CONTEXT)


def test_an_own_template_with_an_unknown_name_is_named(tmp_path: Path) -> None:
    """Template and variable stand in the message."""
    (tmp_path / "query").mkdir()
    copy(HERE / "query" / "letter.docx", tmp_path / "query" / "letter.docx")
    (tmp_path / "query" / "body.txt").write_text("Dear {{ childs_name }}", encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"query/body\.txt.*childs_name"):
        write_letter("query", CONTEXT, templates=tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_the_program_comes_with_can_be_put_back(kind: str) -> None:
    """The script makes the committed template."""
    assert make_letter(_BODIES[kind]) == (HERE / kind / "letter.docx").read_bytes()


def test_personal_data_given_to_a_context_is_not_seen_by_templates() -> None:
    """The list of what must not stand in a letter is no name that a template may use."""
    secret = replace(CONTEXT, personal=Personal(names=("Zebedee Secret",)))
    assert "Zebedee" not in letter_text("request", secret)


def test_the_bounds_of_a_period() -> None:
    """Only exact days are taken over into a letter."""
    assert edtf_bounds("2024-01-01/2026-10-31") == (date(2024, 1, 1), date(2026, 10, 31))
    assert edtf_bounds("2024/..") == (None, None)


def test_contacts_of_the_directory_fit_an_address_block() -> None:
    """A contact's role is turned into words by the caller; a name alone is enough."""
    contact = Contact(role="author", name="Pat Pretend", email="pat@agency.example")
    recipient = replace(CONTEXT.recipient, name=contact.name, role="")
    assert "Pat Pretend\nHillside" in letter_text("query", replace(CONTEXT, recipient=recipient))


def test_the_templates_we_come_with_pass_the_check_before_start() -> None:
    """Every branch of every letter can be written."""
    assert check_letters(CONTEXT.partnership) == []


def test_a_wrong_name_in_a_branch_that_is_seldom_taken_is_found(tmp_path: Path) -> None:
    """All problems are told at once, each with its template."""
    for kind, text in (("reminder", "{% if when == 'after' %}{{ mispelt }}{% endif %}"), ("query", "{% if %}")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "body.txt").write_text(text, encoding="utf-8")
    told = " ".join(str(problem) for problem in check_letters(CONTEXT.partnership, templates=tmp_path))
    assert "query/body.txt" in told
    assert "reminder/body.txt" in told
    assert "mispelt" in told


def test_a_folder_of_templates_that_is_not_there_is_said() -> None:
    """A misspelt folder does not silently mean our own letters."""
    (problem,) = check_letters(CONTEXT.partnership, templates=Path("no such folder"))
    assert "no such folder" in str(problem)


def test_the_guide_lists_every_name_that_a_template_may_use() -> None:
    """Somebody who edits a template finds each name in the guide, and none that does not exist."""
    rows = (HERE / "README.md").read_text(encoding="utf-8").partition("## Names")[2].split("\n")
    listed = {row.split("`")[1] for row in rows if row.startswith("| `")}
    assert listed == {*view(CONTEXT), "subject", "code"}


def test_an_agency_gets_its_letters_in_its_language_where_there_are_templates(tmp_path: Path) -> None:
    """Both files make a language; days and months are written in it; every other letter stays English, whole."""
    (tmp_path / "reminder").mkdir()
    copy(HERE / "reminder" / "letter.docx", tmp_path / "reminder" / "letter.cy.docx")
    welsh = replace(CONTEXT, language="cy")
    assert "friendly reminder" in write_letter("reminder", welsh, templates=tmp_path).body_text
    (tmp_path / "reminder" / "body.cy.txt").write_text("{{ case_reference }}: {{ due }}", encoding="utf-8")
    (tmp_path / "reminder" / "subject.cy.txt").write_text("{{ case_reference }}: {{ due_date }}", encoding="utf-8")
    letter = write_letter("reminder", welsh, templates=tmp_path)
    assert letter.body_text == "MV-2026-007: dydd Gwener 4 Rhagfyr 2026, 5 pm\n"
    assert letter.subject == "MV-2026-007: dydd Gwener 4 Rhagfyr 2026"
    assert "friendly reminder" in write_letter("reminder", CONTEXT, templates=tmp_path).body_text
    assert "Friday 4 December 2026" in write_letter("query", welsh, templates=tmp_path).body_text
    (tmp_path / "reminder" / "body.cy.txt").write_text("{{ mispelt }}", encoding="utf-8")
    assert any("mispelt" in str(problem) for problem in check_letters(CONTEXT.partnership, templates=tmp_path))
