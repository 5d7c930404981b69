"""An action has no status, or only a colour shows it.

A colour alone is lost in print, on a screen reader and in merging.

Source: inferred from the duty of accessibility.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, Row
from rules.scope import PLAN
from rules.wording import label, rows_words

CODE = "Q096"
TITLE = "Status missing or shown by colour alone"
SEVERITY = Severity.WARNING
APPLIES = (PLAN,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the rows without a status, and one for those with a colour alone."""
    rows = [
        row for row in Reading.of(checkable).rows("actions") if row.asked("status") and not row.is_doubted("status")
    ]
    missing = [row for row in rows if row.left_blank("status") and not row.sure("completion_date")]
    coloured = [row for row in rows if row.sure("status") and _is_colour_only(checkable, row)]
    for found, words, remedy in (
        (missing, "is empty", "Give the status as a word: red, amber, green, or blue for completed."),
        (coloured, "is shown by the colour of the cell alone", "Write the status as a word as well."),
    ):
        if found:
            path = found[0].path("status")
            where = rows_words([row.number for row in found])
            yield Found(path, f"“{label(checkable, path)}” {words} in {where}.", remedy)


def _is_colour_only(checkable: Checkable, row: Row) -> bool:
    placed = checkable.returned.places.get(row.path("status"))
    return placed is not None and not placed.text.strip()


PASS = (
    Example(form=PLAN, record={"actions": [{"status": "red"}]}, texts={"actions[0].status": "Red"}),
    Example(form=PLAN, record={"actions": [{"status": None, "completion_date": "2024-05-01"}]}),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"status": None}]}),
    Example(form=PLAN, record={"actions": [{"status": "red"}, {"status": "green"}]}, texts={"actions[1].status": ""}),
)
