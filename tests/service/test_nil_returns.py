"""A nil return answers all that an agency was asked; a version that takes it back opens the rest again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from records.cases import Case, Request
from records.submissions import FiledReturn
from service.bootstrap import Service, build
from service.demo import demo_settings
from service.filing import after_filing
from store import Transaction

SAMPLES = Path(__file__).parents[2] / "samples"
DAY = date(2026, 3, 4)
CASE = "MV-2026-001"


@pytest.fixture
def service(tmp_path: Path):
    """The service of the samples with one case that asks two agencies for two forms each."""
    (tmp_path / "inbox").mkdir()
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    with build(demo_settings(SAMPLES, tmp_path), now=lambda: at, durable=False) as made:
        with made.store.transaction() as tx:
            tx.cases.add(Case(reference=CASE, kind="rapid_review", opened_on=DAY))
            for agency in ("probation", "housing"):
                for form in ("agency_summary", "chronology"):
                    tx.requests.add(
                        Request(
                            id=f"R-{agency}-{form}",
                            case_reference=CASE,
                            agency_id=agency,
                            form=form,
                            requested_on=DAY,
                            due_on=DAY,
                            token=f"token-{agency}-{form}",
                        )
                    )
        yield made


def answer(tx: Transaction, service: Service, form: str, **record: str) -> None:
    """What follows from a return of probation."""
    filed = FiledReturn(
        id="F-1",
        document_id="D-1",
        submission_id="S-1",
        case_reference=CASE,
        agency_id="probation",
        request_id=f"R-probation-{form}",
        form=form,
        version=1,
        received_at=tx.at,
        state="filed",
        result={"record": record, "review": []},
    )
    after_filing(tx, filed, service.parts)


def states(service: Service) -> dict[str, str]:
    with service.store.reading() as tx:
        return {one.id.removeprefix("R-"): one.state for one in tx.requests.all()}


def test_a_nil_return_answers_the_chronology_too(service: Service) -> None:
    """The agency owes nothing more; the other agency is untouched."""
    with service.store.transaction() as tx:
        answer(tx, service, "agency_summary", has_involvement="no")
    assert states(service) == {
        "probation-agency_summary": "nil",
        "probation-chronology": "nil",
        "housing-agency_summary": "outstanding",
        "housing-chronology": "outstanding",
    }


def test_taken_back_the_chronology_is_awaited_again(service: Service) -> None:
    """A corrected version that says yes makes the other form outstanding, so that it is chased."""
    for involved in ("no", "yes"):
        with service.store.transaction() as tx:
            answer(tx, service, "agency_summary", has_involvement=involved)
    assert states(service)["probation-agency_summary"] == "answered"
    assert states(service)["probation-chronology"] == "outstanding"


def test_a_chronology_that_came_stays_an_answer(service: Service) -> None:
    """A nil return changes nothing about a form that was returned."""
    with service.store.transaction() as tx:
        answer(tx, service, "chronology")
        answer(tx, service, "agency_summary", has_involvement="no")
    assert states(service)["probation-chronology"] == "answered"
