"""A context that uses everything a letter may say, with characters that break careless templates. Fictional."""

from __future__ import annotations

from datetime import UTC, date, datetime

from generators.letters.context import LetterContext, Point, ReceivedItem, Recipient
from generators.personal_data import Personal
from mailbox_config.settings import Partnership

PARTNERSHIP = Partnership(
    name="Marlow Vale Safeguarding Children Partnership",
    short_name="MVSCP",
    address=("Civic Centre", "1 Example Street", "Marlow Vale", "MV1 1AA"),
    contact_name="Robin Sample",
    contact_email="practice.reviews@mvscp.example",
    contact_phone="0161 496 0100",
)
PERSONAL = Personal(
    names=("Jamie Exemplar", "Siân O’Sample"), dates_of_birth=("2020-03-04",), nhs_numbers=("9990000018",)
)
CONTEXT = LetterContext(
    partnership=PARTNERSHIP,
    dated=date(2026, 11, 20),
    recipient=Recipient(agency="Hillside NHS Trust <Llŷn> & “Partners”", role="Author", name="Alex Fictional"),
    case_reference="MV-2026-007",
    copies=(Recipient(agency="Hillside NHS Trust", role="Safeguarding lead", name="Sam Invented"),),
    due_on=date(2026, 12, 4),
    requested_on=date(2026, 11, 13),
    extended_from=date(2026, 11, 27),
    received=(
        ReceivedItem(
            form="Agency summary",
            file_name="MV-2026-007 summary & notes <final>.docx",
            received_at=datetime(2026, 11, 19, 15, 42, tzinfo=UTC),
            version=2,
        ),
        ReceivedItem(
            form="Chronology of significant events",
            file_name="chronology {{ draft }}.docx",
            received_at=datetime(2026, 11, 19, 15, 42, tzinfo=UTC),
        ),
    ),
    points=(
        Point(
            where="“Quality assured by”, Signature",
            message="The form is not signed by your sub group representative.",
            remedy="Have it signed & dated, then send it again.",
        ),
        Point(
            where="Events, row 14, “Date”",
            message="The date 31/02/2024 does not exist.\nŵ ŷ â: check < and >.",
            remedy="Look the date up in the record.",
        ),
    ),
    asked=("Agency Summary Form", "Chronology of Significant Events"),
    enclosures=("Agency Summary Form (MVSCP-PR3)", "Chronology of Significant Events (MVSCP-PR4)"),
    agencies_asked=("Hillside NHS Trust", "Vale Police", "Oak Hill School"),
    review_from=date(2024, 1, 1),
    review_to=date(2026, 10, 31),
    meeting_on=date(2026, 12, 9),
    reminded_on=(date(2026, 11, 18), date(2026, 11, 19)),
    decision="A rapid review will be held.",
    reasons="The criteria are met: two of the partners & the <Panel> agree.",
    next_step="If we hear nothing by the end of the day, we write to your chief officer.",
    secure_method="Your agency sends through its own secure gateway.",
    personal=PERSONAL,
)
