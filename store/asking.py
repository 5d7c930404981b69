"""Cases and what they ask of agencies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.cases import Case, Extension, Request, RequestState
from records.errors import Refused
from store.rows import to_noun, to_row, values_of
from store.tables import CaseRow, CounterRow, RequestRow


class Cases:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: Case, *, opened_from: str | None = None) -> Case:
        """Open it; the case that is there already when the same return has opened one."""
        before = self.opened_from(opened_from) if opened_from else None
        if before is not None:
            return before
        if self._session.get(CaseRow, case.reference) is not None:
            raise Refused(f"There is a case {case.reference} already.", hint="Choose another reference.")
        self._session.add(to_row(CaseRow, case, opened_from=opened_from))
        self._session.flush()
        return case

    def get(self, reference: str) -> Case:
        """The case; Refused when there is none."""
        return to_noun(Case, self._row(reference))

    def opened_from(self, origin: str) -> Case | None:
        """The case that this return opened, if it did."""
        row = self._session.scalar(select(CaseRow).where(CaseRow.opened_from == origin))
        return to_noun(Case, row) if row else None

    def all(self) -> tuple[Case, ...]:
        """Every case, by reference."""
        return tuple(to_noun(Case, row) for row in self._session.scalars(select(CaseRow).order_by(CaseRow.reference)))

    def update(self, case: Case) -> None:
        """Bring a case up to date (children, dates, closing)."""
        row = self._row(case.reference)
        for name, value in values_of(CaseRow, case).items():
            setattr(row, name, value)
        self._session.flush()

    def next_number(self, name: str) -> int:
        """The next running number of this name, from 1; never the same twice once committed."""
        row = self._session.get(CounterRow, name)
        if row is None:
            row = CounterRow(name=name, value=0)
            self._session.add(row)
        row.value += 1
        self._session.flush()
        return row.value

    def _row(self, reference: str) -> CaseRow:
        row = self._session.get(CaseRow, reference)
        if row is None:
            raise Refused(f"There is no case {reference}.", hint="`intake case list` shows the cases.")
        return row


class Requests:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, request: Request) -> bool:
        """Ask; False (and nothing changed) when the request with this id is there already."""
        if self._session.get(RequestRow, request.id) is not None:
            return False
        self._session.add(to_row(RequestRow, request))
        self._session.flush()
        return True

    def get(self, request_id: str) -> Request:
        """The request; Refused when there is none."""
        return to_noun(Request, self._row(request_id))

    def of_case(self, reference: str) -> tuple[Request, ...]:
        """What a case asked, by agency and form."""
        query = select(RequestRow).where(RequestRow.case_reference == reference)
        rows = self._session.scalars(query.order_by(RequestRow.agency_id, RequestRow.form, RequestRow.id))
        return tuple(to_noun(Request, row) for row in rows)

    def all(self) -> tuple[Request, ...]:
        """Everything that was ever asked, by case, agency and form."""
        order = (RequestRow.case_reference, RequestRow.agency_id, RequestRow.form, RequestRow.id)
        return tuple(to_noun(Request, row) for row in self._session.scalars(select(RequestRow).order_by(*order)))

    def settle(self, request_id: str, state: RequestState, on: date | None = None) -> None:
        """Answered, answered nil, withdrawn, or outstanding again; the first day of an answer stays."""
        row = self._row(request_id)
        row.state = state
        row.answered_on = (row.answered_on or on) if state in ("answered", "nil") else None
        self._session.flush()

    def ask_again(self, again: Request) -> Request:
        """Ask anew for what was withdrawn, with its own days and token; the extensions of the first time are over."""
        row = self._row(again.id)
        if row.state != "withdrawn":
            raise Refused("This was asked for already.", hint="`intake case show` lists the requests.")
        row.requested_on, row.due_on, row.token = again.requested_on, again.due_on, again.token
        row.extensions, row.state = [], "outstanding"
        self._session.flush()
        return to_noun(Request, row)

    def extend(self, request_id: str, extension: Extension) -> None:
        """A later due date, with its reason; the earlier ones stay on record."""
        row = self._row(request_id)
        row.extensions = [*row.extensions, extension.model_dump(mode="json")]
        row.due_on = extension.due_on
        self._session.flush()

    def _row(self, request_id: str) -> RequestRow:
        row = self._session.get(RequestRow, request_id)
        if row is None:
            raise Refused("There is no request with this id.", hint="`intake case show` lists the requests.")
        return row
