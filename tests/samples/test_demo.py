"""The demonstration for real: the story's outcomes one by one, and the same bytes when it is run again."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from records.errors import Refused
from samples.cast import BORN, CHILD, NHS_NUMBER
from service.demo import MARK, demo_settings, run_demo
from service.demo_results import Results
from service.demo_show import Screen
from store import open_store
from tests.samples.conftest import ROOT, Told, tell

pytestmark = pytest.mark.slow
CASE = "MV-2026-001"
SUMMARY, CHRONOLOGY = "Agency summary", "Chronology of significant events"


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def became(told: Told) -> list[tuple[str, str, str]]:
    return [(one.sender, one.read_as, one.outcome.split(":")[0]) for one in told.account.arrived]


def test_everything_that_arrived_is_told_with_what_became_of_it(told: Told) -> None:
    """All seventeen pieces, in their order, each from whom, read as what, and where it ended."""
    both = f"{SUMMARY}, {CHRONOLOGY}"
    assert became(told) == [
        ("Marlow Vale Police", "Practice review referral", f"filed, case {CASE} opened"),
        ("Larkfield Surgery", "", "left aside"),
        ("Safeguarding Digest", "", "left aside"),
        ("Orchard Lane Primary School", both, "filed"),
        ("Marlow Vale Probation Delivery Unit", f"{SUMMARY} (nil return)", "filed"),
        ("Marlow Vale Hospitals NHS Trust", SUMMARY, "filed"),
        ("Marlow Vale Hospitals NHS Trust", CHRONOLOGY, "filed"),
        ("Orchard Lane Primary School", "", "left aside"),
        ("IMG_0417.jpg", "", "needs a person"),
        ("Larkfield Surgery", both, "filed; 3 to correct"),
        ("Fenbrook Community Health NHS Trust", SUMMARY, "needs a person"),
        ("Fenbrook Community Health NHS Trust", CHRONOLOGY, "filed"),
        ("Marlow Vale Children's Social Care", "", "needs a person"),
        ("Marlow Vale Hospitals NHS Trust", f"{SUMMARY} (version 2)", "filed"),
        ("Marlow Vale Children's Social Care", both, "filed"),
        ("Fenbrook Community Health NHS Trust", f"{SUMMARY} (version 2)", "filed"),
        ("Larkfield Surgery", f"{SUMMARY} (version 2), {CHRONOLOGY} (version 2)", "filed"),
    ]


def test_the_same_e_mail_twice_is_one(told: Told) -> None:
    """The second copy is set apart with the day of the first; the school has one version of each form."""
    again = [one for one in told.account.arrived if one.sender.startswith("Orchard")][1]
    assert again.outcome == "left aside: The same arrived before, on 4 March."
    assert not list((told.folder / "records").glob("*_school_*_v2_*"))


def test_each_agency_stands_where_the_story_leaves_it(told: Told) -> None:
    """On the fifteenth working day all have answered, put right what was queried or sent a nil return, but one."""
    states = {one.agency: (*one.states, one.complete) for one in told.account.answered}
    assert states == {
        "Fenbrook Community Health NHS Trust": ("returned, version 2", "returned", True),
        "Larkfield Surgery": ("returned, version 2", "returned, version 2", True),
        "Marlow Vale Hospitals NHS Trust": ("returned, version 2", "returned", True),
        "Willowbank Homes": ("overdue", "overdue", False),
        "Marlow Vale Probation Delivery Unit": ("nil return", "nil return", True),
        "Orchard Lane Primary School": ("returned", "returned", True),
        "Marlow Vale Children's Social Care": ("returned", "returned", True),
    }


def test_only_the_silent_agency_is_missing(told: Told) -> None:
    """Willowbank Homes, with both forms and the date that was due."""
    assert told.account.missing == (
        "Willowbank Homes: agency summary and chronology of significant events, due 12 March 2026 "
        "(nothing has arrived)",
    )


def test_what_needs_a_person_is_told_with_its_reason(told: Told) -> None:
    """The photo, the other child, the locked documents, the escalation; each with a command that settles it.

    The impossible dates are no question any more: the corrected versions took the place of those that held them.
    """
    questions = {one.about: one for one in told.account.questions}
    assert set(questions) == {
        "IMG_0417.jpg",
        f"Fenbrook Community Health NHS Trust: {SUMMARY}",
        "Marlow Vale Children's Social Care",
        "Willowbank Homes: escalation",
    }
    assert "not a child of case" in questions[f"Fenbrook Community Health NHS Trust: {SUMMARY}"].why
    assert "password" in questions["Marlow Vale Children's Social Care"].why
    assert all(one.command.startswith("intake ") for one in questions.values())


def test_the_letters_by_day_kind_and_agency(told: Told) -> None:
    """Seven requests, one acknowledgement for each thing a person sent, two queries, and reminders to one agency."""
    letters = Counter(
        (path.name.split("_")[2], path.name.split("_")[3]) for path in (told.folder / "letters").glob("*.eml")
    )
    asked = ("social-care", "hospital-trust", "community-trust", "gp-surgery", "school", "probation", "housing")
    assert letters == {
        **{("request", agency): 1 for agency in asked},
        ("acknowledgement", "police"): 1,
        ("acknowledgement", "school"): 1,
        ("acknowledgement", "probation"): 1,
        ("acknowledgement", "hospital-trust"): 3,
        ("acknowledgement", "gp-surgery"): 2,
        ("acknowledgement", "community-trust"): 3,
        ("acknowledgement", "social-care"): 1,
        ("unreadable", "social-care"): 1,
        ("query", "gp-surgery"): 2,
        ("reminder", "housing"): 3,
    }
    days = [one.day.isoformat() for one in told.account.sent if one.kind == "reminder"]
    assert days == ["2026-03-10", "2026-03-13", "2026-03-16"]
    assert [(one.kind, one.agencies) for one in told.account.sent if one.held] == [
        ("escalation", ("Willowbank Homes",))
    ]


def test_every_letter_is_there_as_word_and_as_mail(told: Told) -> None:
    """The .docx beside each .eml, and no personal data in any file name below letters, pack and records."""
    mails = {path.stem for path in (told.folder / "letters").glob("*.eml")}
    assert mails == {path.stem for path in (told.folder / "letters").glob("*.docx")}
    names = " ".join(
        path.name for folder in ("letters", "pack", "records") for path in (told.folder / folder).iterdir()
    )
    for personal in (*CHILD.split(), BORN, NHS_NUMBER):
        assert personal not in names


@pytest.mark.convert
def test_every_letter_is_there_as_pdf(told: Told) -> None:
    """With LibreOffice there is a PDF of each letter, and the summary says so."""
    if shutil.which("soffice") is None and shutil.which("libreoffice") is None:
        pytest.skip("LibreOffice is not installed")
    letters = told.folder / "letters"
    assert {path.stem for path in letters.glob("*.pdf")} == {path.stem for path in letters.glob("*.docx")}
    assert "each as .docx and .pdf" in told.printed


def test_the_query_asks_about_everything_the_surgery_has_to_put_right(told: Told) -> None:
    """The missing sign-off and the day that does not exist, each by its place in the form."""
    mails = (told.folder / "letters").glob("2026-03-06_*_query_gp-surgery_*.eml")
    words = " ".join(" ".join(mail.read_text(encoding="utf-8") for mail in mails).replace("=\n", "").split())
    for point in ("(quality assurance sign-off)", "31/06/2025", "31.11.25"):
        assert point in words


def test_a_correction_of_a_return_that_came_in_time_is_not_late(told: Told) -> None:
    """The surgery answered before the due date; that its correction came after it is no lateness."""
    records = [json.loads(path.read_text("utf-8")) for path in (told.folder / "records").glob("*_gp-surgery_*")]
    assert {one["version"] for one in records} == {1, 2}
    assert not any(finding["rule"] == "Q024" for one in records for finding in one["findings"])


def test_the_answer_to_locked_files_asks_for_open_ones(told: Told) -> None:
    """It names the reason, what to do, and says that nothing counts as received."""
    (mail,) = (told.folder / "letters").glob("2026-03-09_*_unreadable_social-care_*.eml")
    words = " ".join(mail.read_text(encoding="utf-8").replace("=\n", "").split())
    assert "protected with a password" in words
    assert "Please send a copy without a password." in words
    assert "nothing of it counts as received" in words


def test_a_letter_without_a_reference_begins_with_a_capital(told: Told) -> None:
    """The answer to files that cannot be read belongs to no case yet."""
    (mail,) = (told.folder / "letters").glob("2026-03-09_*_unreadable_social-care_*.eml")
    assert "Subject: We cannot read what you sent" in mail.read_text(encoding="utf-8")


def test_versions_supersede_and_stay(told: Told) -> None:
    """Both versions of the hospital's summary are on file; the second one counts."""
    records = [json.loads(path.read_text("utf-8")) for path in (told.folder / "records").glob("*_hospital-trust_*")]
    states = {(one["form"], one["version"]): one["state"] for one in records}
    assert states == {
        ("agency_summary", 1): "superseded",
        ("agency_summary", 2): "filed",
        ("chronology", 1): "filed",
    }
    newest = next(one for one in records if (one["form"], one["version"]) == ("agency_summary", 2))
    assert newest["record"]["summary_of_involvement"].startswith("Two visits before the incident.")
    assert newest["places"]["case_reference"]["page"] == 1


def test_the_pack_holds_every_row_and_only_what_is_filed(told: Told) -> None:
    """The manifest counts what came in and what went out, and the other child's summary is not among its sources."""
    manifest = json.loads((told.folder / "pack" / "manifest.json").read_text("utf-8"))
    assert manifest["case"] == CASE
    rows = {"community-trust": 4, "gp-surgery": 4, "hospital-trust": 4, "school": 7, "social-care": 5}
    assert manifest["chronology"]["rows_in"] == rows == manifest["chronology"]["rows_out"]
    assert all(check["holds"] for check in manifest["checks"])
    sources = Counter((one["agency"], one["form"]) for one in manifest["sources"])
    assert sources[("hospital-trust", "agency_summary")] == 1
    assert sources[("community-trust", "agency_summary")] == 1
    assert sum(sources.values()) == 12
    for name, file in manifest["files"].items():
        assert sha256((told.folder / "pack" / name).read_bytes()).hexdigest() == file["sha256"]


def test_the_records_carry_what_was_read_and_nothing_is_lost(told: Told) -> None:
    """Each record has its places, review items and findings; nothing typed into a form stayed without a field."""
    records = [json.loads(path.read_text("utf-8")) for path in (told.folder / "records").iterdir()]
    assert len(records) == 16
    assert all(one["places"] and one["unplaced"] == [] for one in records)
    surgery = next(
        one for one in records if (one["agency"], one["form"], one["version"]) == ("gp-surgery", "agency_summary", 1)
    )
    assert surgery["record"]["records_secured_date"] is None
    assert [item["field"] for item in surgery["review"]] == ["records_secured_date"]
    assert "Q031" in [one["rule"] for one in surgery["findings"]]


def test_the_audit_log_is_whole(told: Told) -> None:
    """Whoever did what is on record, and no line of it was changed."""
    settings = demo_settings(ROOT / "samples", told.folder)
    store = open_store(settings.database_url)
    try:
        assert store.verify_audit() == ()
    finally:
        store.close()


def test_run_again_it_says_so_and_changes_nothing(told: Told) -> None:
    """The same bytes below the folder, the same account, and a first line that says that nothing new arrived."""
    before = fingerprints(told.folder)
    again = tell(told.folder)
    assert again.account == told.account
    assert again.printed.startswith("Nothing new arrived since the last run: nothing was changed.")
    assert fingerprints(told.folder) == before


def test_the_summary_says_where_the_results_lie_and_no_child_by_name(told: Told) -> None:
    """Each folder is named; the child is not."""
    for folder in ("letters", "pack", "records"):
        assert re.search(rf"demo/{folder}\b", told.printed)
    assert CHILD.split()[0] not in told.printed


def test_without_libreoffice_the_summary_says_so(told: Told) -> None:
    """It names what is not there and why, instead of counting PDFs that do not exist."""
    out = StringIO()
    results = Results(letters=25, letters_as_pdf=0, records=16, pack=("pack.pdf",))
    Screen(Console(file=out, highlight=False)).account(told.account, results, told.folder, is_new=True)
    assert "no .pdf: LibreOffice is not installed" in out.getvalue()


def test_a_folder_with_another_story_is_left_alone(told: Told, tmp_path: Path) -> None:
    """It is said what to do; nothing in the folder is touched."""
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / MARK).write_text("another story\n", encoding="utf-8")
    with pytest.raises(Refused, match="other samples"):
        run_demo(folder)
    assert [path.name for path in folder.iterdir()] == [MARK]
