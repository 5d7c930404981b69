"""A blank that we sent comes back: its hidden identity says whose it is, whoever sends it and whatever it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generators.blanks import write_answers
from intake.sources import Source
from intake.upload import UploadSource
from records.cases import Case, Request
from records.submissions import FiledReturn
from service.bootstrap import Service
from service.filing import file_document
from service.opened import open_documents
from service.prefilling import facts_of, identity_of
from service.readings import read_into_store
from service.receiving import receive
from tests.generators.full_records import full_record
from tests.service.conftest import CHILD


def filed_by_hand(service: Service, source: Source) -> list[FiledReturn]:
    """The steps of the durable way, one after the other."""
    ids = []
    for arrival in source.scan():
        submission, _ = receive(arrival, service.store)
        for document_id in open_documents(submission.id, service.parts):
            if read_into_store(document_id, service.parts):
                ids += file_document(document_id, service.parts)
    with service.store.reading() as tx:
        return [tx.returns.get(one) for one in ids]


def asked_for(service: Service, case: Case, form: str) -> Request:
    with service.store.reading() as tx:
        return next(one for one in tx.requests.of_case(case.reference) if one.form == form)


def completed(service: Service, case: Case, request: Request, **changes: Any) -> bytes:
    """Our blank as the agency gives it back: every answer its own, the identity ours."""
    agency = service.parts.directory.get(request.agency_id)
    assert agency is not None
    record = full_record(request.form) | {"child_name": CHILD.name, "agency": agency.name, "case_reference": None}
    record |= {"date_of_birth": CHILD.date_of_birth} if "date_of_birth" in record else {}
    return write_answers(request.form, record | changes, facts_of(case, request, agency))


def test_a_blank_that_comes_back_is_filed_by_its_hidden_identity(service: Service, case: Case, tmp_path: Path) -> None:
    """No reference in the form, none in the name, no sender: the token alone says case, agency and request."""
    request = asked_for(service, case, "chronology")
    (tmp_path / "Document1.docx").write_bytes(completed(service, case, request))
    (returned,) = filed_by_hand(service, UploadSource([tmp_path / "Document1.docx"]))
    assert (returned.state, returned.request_id, returned.case_reference) == ("filed", request.id, case.reference)
    assert {"token in the file", "case in the file's properties"} <= {one.name for one in returned.signals}
    with service.store.reading() as tx:
        assert tx.requests.get(request.id).state == "answered"


def test_the_identity_does_not_override_the_child_on_the_form(service: Service, case: Case, tmp_path: Path) -> None:
    """A blank that was used again for another child goes to a person."""
    request = asked_for(service, case, "chronology")
    (tmp_path / "x.docx").write_bytes(completed(service, case, request, child_name="Somebody Else"))
    (returned,) = filed_by_hand(service, UploadSource([tmp_path / "x.docx"]))
    assert returned.state == "needs_person"


def test_properties_that_are_not_ours_say_nothing() -> None:
    """A property that an agency's own system calls “token” or “case” is none of our identity."""
    assert identity_of({"token": "x", "case": "y", "intake_token": " ours ", "Title": "z"}) == {"token": "ours"}
