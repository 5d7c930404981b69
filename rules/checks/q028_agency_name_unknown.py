"""The agency's name is not in the directory, or is one that the agency no longer bears.

Source: the note to the 2018 regulations and Salford's papers, where old and new names stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.cases import Agency
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import agency_by_name
from rules.reading import Reading
from rules.scope import CHRONOLOGY, GOOD_OUTCOME, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "Q028"
TITLE = "Agency's name not in the directory, or an old one"
SEVERITY = Severity.INFORMATION
APPLIES = (REFERRAL, GOOD_OUTCOME, SUMMARY, CHRONOLOGY)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the agency's name on the form; silent without a directory."""
    path = "referrer.agency" if "referrer" in checkable.record else "agency"
    name = Reading.of(checkable).text(path)
    if not checkable.directory or not name:
        return
    match = agency_by_name(name, checkable.directory)
    if match is None:
        yield Found(
            path,
            f"{field_words(checkable, path)} is not a name of any agency in the directory.",
            "Add it to the directory, or add this spelling to an agency that is there.",
        )
    elif match[1]:
        yield Found(
            path,
            f"{field_words(checkable, path)} gives an old name of {match[0].name}.",
            "Nothing needs to be done; it is filed under the present name.",
        )


_DIRECTORY = (
    Agency(id="icb", name="Fictional Integrated Care Board", aliases=("ICB",), former_names=("Fictional CCG",)),
)
PASS = (
    Example(form=SUMMARY, record={"agency": "The fictional integrated care board"}, around={"directory": _DIRECTORY}),
    Example(form=SUMMARY, record={"agency": "Anybody"}),
)
FAIL = (
    Example(form=SUMMARY, record={"agency": "Fictional CCG"}, around={"directory": _DIRECTORY}),
    Example(form=REFERRAL, record={"referrer": {"agency": "Imaginary Trust"}}, around={"directory": _DIRECTORY}),
)
