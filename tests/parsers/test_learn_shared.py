"""Learning the blanks handed to us, and what that does to the returns filled from them. Skips where they are not."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake.sniff import sniff
from mailbox_config.wordings import LocalWordings
from parsers.learn import Learned, learn
from parsers.learned import bare, forms_with
from parsers.read import all_readers, default_indexes, indexes_of, read_document
from parsers.wording import FormIndex, normal
from records.limits import DEFAULT_LIMITS
from records.results import ReadResult

RETURNS = Path(__file__).parents[3] / "shared" / "returns"
BLANKS = sorted((RETURNS / "blank").glob("*.docx"))
NOT_OURS = re.compile(r"initial/s|^Date (?:referral|of meeting|of decision|\w+ recommendations)\b")
"""Labels of the office block of family A that no field asks (field dictionary)."""
pytestmark = pytest.mark.skipif(not BLANKS, reason="the shared returns are not here")


@cache
def learned_blank(path: Path) -> Learned:
    data = path.read_bytes()
    return learn(all_readers()[sniff(data, path.name)](data, DEFAULT_LIMITS), default_indexes())


@cache
def indexes_of_family(family: str) -> dict[str, FormIndex]:
    local: dict[Path, LocalWordings] = {}
    for path in BLANKS:
        if path.name.startswith(family):
            for form in learned_blank(path).forms:
                local[Path(f"{path.stem}.{form.form}.toml")] = form.wordings("")
    return indexes_of(forms_with(local))


def clean_returns() -> list[dict[str, Any]]:
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RETURNS.glob("*.truth.json"))]
    return [truth for truth in truths if not truth["mess"] and truth["format"] in ("docx", "pdf-text")]


def read(truth: dict[str, Any], indexes: dict[str, FormIndex]) -> ReadResult:
    data = (RETURNS / truth["file"]).read_bytes()
    return read_document(data, sniff(data, truth["file"]), indexes=indexes)


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.stem)
def test_labels_of_a_blank_are_placed(path: Path) -> None:
    """At least 95 % of the labels that a field asks have one, none twice the same, and the edition is known."""
    for form in learned_blank(path).forms:
        wanted = [label for label in form.labels if not NOT_OURS.search(label.label)]
        placed = [label for label in wanted if label.field]
        assert len(placed) >= 0.95 * len(wanted), [label.label for label in wanted if not label.field]
        assert [label.field for label in form.labels if NOT_OURS.search(label.label) and label.field] == []
        assert max(Counter((label.field, normal(label.label)) for label in placed).values()) == 1
        assert re.search(r"20\d\d", form.edition)


def test_the_labels_are_placed_right() -> None:
    """Each value that the truth has stands in the returns under a label that was learned for exactly that field."""
    total, right = 0, 0
    for truth in (one for one in clean_returns() if one["format"] == "docx"):
        learned: dict[str, set[str]] = {}
        for path in BLANKS:
            for form in (one for one in learned_blank(path).forms if one.form == truth["form"]):
                for label in form.labels:
                    for part in fields_of(label.field):
                        learned.setdefault(normal(label.label), set()).add(part)
        made = next(one for one in read(truth, default_indexes()).returns if one.form == truth["form"])
        for place, placed in made.places.items():
            if not placed.label or truth_of(truth["record"], place) is None or place.endswith("_as_written"):
                continue
            total += 1
            right += bare(place) in learned.get(normal(placed.label), set())
    assert total > 500
    assert right >= 0.95 * total


def fields_of(field: str) -> list[str]:
    """The record fields of a path as wordings write it (`a.b+c`, `a.b#given`)."""
    first, *more = field.split("+")
    first = first.partition("#")[0]
    return [first, *(f"{first.rpartition('.')[0]}.{name}" for name in more)]


def truth_of(record: Any, path: str) -> Any:
    """The truth's value at a record path; None where it has none."""
    for part in re.findall(r"[^.\[\]]+", path):
        try:
            record = record[int(part)] if part.isdigit() else record[part]
        except (KeyError, IndexError, TypeError):
            return None
    return record


@pytest.mark.slow
def test_clean_returns_of_a_learned_family_have_no_print_left_over() -> None:
    """Unlearned, print makes a person look at every return; learned, only what was typed and has no field does."""
    before = Counter(read(truth, default_indexes()).outcome for truth in clean_returns())
    after: Counter[str] = Counter()
    for truth in clean_returns():
        indexes = indexes_of_family(truth["family"])
        result = read(truth, indexes)
        after[result.outcome] += 1
        print_of_family = {
            normal(text) for index in indexes.values() for template in index.form.wordings.printed for text in template
        }
        left = [item.text for made in result.returns for item in made.unplaced]
        assert [text for text in left if normal(text) in print_of_family] == []
    assert before["read"] < 0.1 * before.total()
    assert after["read"] >= 0.7 * after.total()


@pytest.mark.slow
def test_learning_changes_no_record_and_loses_nothing_typed() -> None:
    """The records of all returns stay the same, and every sentence typed where no field is can still be seen."""
    for path in sorted(RETURNS.glob("*_0[3-6].truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth["format"] not in ("docx", "pdf-text", "xlsx"):
            continue
        plain, learned = read(truth, default_indexes()), read(truth, indexes_of_family(truth["family"]))
        records = {made.form: made.record for made in plain.returns}
        assert learned.returns
        assert all(records[made.form] == made.record for made in learned.returns), truth["file"]
        seen = squeezed(json.dumps(learned.to_json("")["returns"], ensure_ascii=False).replace("\\n", " "))
        assert [text for text in truth.get("typed_extra") or [] if squeezed(text) not in seen] == []


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
