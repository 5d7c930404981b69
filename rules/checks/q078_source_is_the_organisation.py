"""The source names only the organisation, not the record.

The coordinator adds the organisation when chronologies are merged; what is wanted is the record.

Source: manual of the specialist chronology tool ("Health Visitor HV1 diary", not the clinic's name).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.cases import Agency
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import same_agency
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import label, rows_words

CODE = "Q078"
TITLE = "Source names only the organisation"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding with the rows."""
    reading = Reading.of(checkable)
    names = [reading.text("agency")]
    if checkable.agency:
        names += [checkable.agency.name, *checkable.agency.aliases, *checkable.agency.former_names]
    rows = [
        row for row in reading.rows("events") if any(same_agency(row.text("source"), name) for name in names if name)
    ]
    if rows:
        yield Found(
            rows[0].path("source"),
            f"“{label(checkable, rows[0].path('source'))}” names only your organisation "
            f"in {rows_words([row.number for row in rows])}.",
            "Name the record: the file, diary, log or system.",
        )


PASS = (
    Example(form=CHRONOLOGY, record={"agency": "Fictional Police", "events": [{"source": "Custody record"}]}),
    Example(
        form=CHRONOLOGY,
        record={"agency": "Fictional Police", "events": [{"source": "Fictional Police custody record"}]},
    ),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"agency": "Fictional Police", "events": [{"source": "fictional police"}]}),
    Example(
        form=CHRONOLOGY,
        record={"agency": "X", "events": [{"source": "NCA"}]},
        around={"agency": Agency(id="nca", name="Fictional Care Alliance", aliases=("NCA",))},
    ),
)
