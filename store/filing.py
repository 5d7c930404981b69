"""Filed returns and editions of packs. Versions supersede; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from records.errors import Refused
from records.submissions import Edition, FiledReturn
from store.rows import to_noun, to_row
from store.tables import EditionRow, ReturnRow


class Returns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def file(self, draft: FiledReturn, *, position: int = 0) -> FiledReturn:
        """File a version of a return; when it is on file already (same document, form and position), that one.

        The version's number and what it supersedes are decided here: a filed version supersedes the filed one of the
        same case, agency and form; one that needs a person supersedes nothing.
        """
        query = select(ReturnRow).where(
            ReturnRow.submission_id == draft.submission_id,
            ReturnRow.document_id == draft.document_id,
            ReturnRow.form == draft.form,
            ReturnRow.position == position,
        )
        before = self._session.scalar(query)
        if before is not None:
            return to_noun(FiledReturn, before)
        filed = self._placed(draft)
        self._session.add(to_row(ReturnRow, filed, position=position))
        self._session.flush()
        return filed

    def settle(self, draft: FiledReturn) -> FiledReturn:
        """File a return that needed a person where the draft says (case, agency, request, state, reason)."""
        row = self._row(draft.id)
        if row.state not in ("needs_person", "set_aside"):
            raise Refused("This return is filed already.", hint="`intake status` shows what needs a person.")
        filed = self._placed(draft)
        for name in ("case_reference", "agency_id", "request_id", "version", "supersedes", "state", "reason"):
            setattr(row, name, getattr(filed, name))
        self._session.flush()
        return to_noun(FiledReturn, row)

    def check_again(self, return_id: str, findings: Sequence[Mapping[str, Any]]) -> FiledReturn:
        """What the rules say of it now, in place of what they said; waived findings stay waived."""
        row = self._row(return_id)
        waived = {(one["rule"], one["field"]) for one in row.result.get("waived", ())}
        kept = [dict(one) for one in findings if (one["rule"], one["field"]) not in waived]
        row.result = {**row.result, "findings": kept}
        self._session.flush()
        return to_noun(FiledReturn, row)

    def waive(self, return_id: str, rule: str, field: str | None, how: Mapping[str, str]) -> FiledReturn:
        """Take findings of a rule (at one field, or all of them) from the open ones; `how` says who, why and when."""
        row = self._row(return_id)
        meant = [one for one in row.result["findings"] if one["rule"] == rule and field in (None, one["field"])]
        if not meant:
            raise Refused(f"This return has no open finding {rule} there.", hint="`intake case show` lists them.")
        row.result = {
            **row.result,
            "findings": [one for one in row.result["findings"] if one not in meant],
            "waived": [*row.result.get("waived", ()), *({**one, **how} for one in meant)],
        }
        self._session.flush()
        return to_noun(FiledReturn, row)

    def set_aside(self, return_id: str, reason: str) -> tuple[FiledReturn, FiledReturn | None]:
        """Take a return out of its case; the return, and the version before it if that counts again now."""
        row = self._row(return_id)
        if row.state not in ("needs_person", "filed"):
            raise Refused("This return does not count any more.", hint="`intake status` shows the one that does.")
        before = self._session.get(ReturnRow, row.supersedes) if row.state == "filed" and row.supersedes else None
        if before is not None and before.state == "superseded":
            before.state = "filed"
        else:
            before = None
        row.state, row.reason = "set_aside", reason
        self._session.flush()
        return to_noun(FiledReturn, row), to_noun(FiledReturn, before) if before is not None else None

    def get(self, return_id: str) -> FiledReturn:
        """The return; Refused when there is none."""
        return to_noun(FiledReturn, self._row(return_id))

    def of_submission(self, submission_id: str) -> tuple[FiledReturn, ...]:
        """The returns that were found in a submission, in the order they were filed."""
        return self._all(ReturnRow.submission_id == submission_id)

    def of_document(self, document_ids: Iterable[str]) -> tuple[FiledReturn, ...]:
        """The returns that were found in these documents."""
        return self._all(ReturnRow.document_id.in_(tuple(document_ids)))

    def of_case(self, reference: str) -> tuple[FiledReturn, ...]:
        """Every version of every return of a case."""
        return self._all(ReturnRow.case_reference == reference)

    def waiting(self) -> tuple[FiledReturn, ...]:
        """The returns that need a person, of any case or of none."""
        return self._all(ReturnRow.state == "needs_person")

    def all(self) -> tuple[FiledReturn, ...]:
        """Every version of every return."""
        return self._all()

    def _placed(self, draft: FiledReturn) -> FiledReturn:
        """The draft with its version, and what it supersedes marked so."""
        if draft.case_reference is None or draft.agency_id is None:
            return draft.model_copy(update={"version": 1, "supersedes": None})
        same = (
            ReturnRow.case_reference == draft.case_reference,
            ReturnRow.agency_id == draft.agency_id,
            ReturnRow.form == draft.form,
            ReturnRow.id != draft.id,
        )
        highest = self._session.scalar(select(func.max(ReturnRow.version)).where(*same)) or 0
        last = None
        if draft.state == "filed":
            filed = (*same, ReturnRow.state == "filed")
            last = self._session.scalar(select(ReturnRow.id).where(*filed).order_by(ReturnRow.version.desc()).limit(1))
            self._session.execute(update(ReturnRow).where(*filed).values(state="superseded"))
        return draft.model_copy(update={"version": highest + 1, "supersedes": last})

    def _all(self, *conditions: ColumnElement[bool]) -> tuple[FiledReturn, ...]:
        query = select(ReturnRow).where(*conditions)
        order = (ReturnRow.received_at, ReturnRow.document_id, ReturnRow.form, ReturnRow.position)
        return tuple(to_noun(FiledReturn, row) for row in self._session.scalars(query.order_by(*order)))

    def _row(self, return_id: str) -> ReturnRow:
        row = self._session.get(ReturnRow, return_id)
        if row is None:
            raise Refused("There is no return with this id.", hint="`intake status` lists them.")
        return row


class Editions:
    """The numbered editions of the packs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, edition: Edition) -> None:
        """Keep an edition; those before it are out of date."""
        self.mark_out_of_date(edition.case_reference)
        self._session.add(to_row(EditionRow, edition))
        self._session.flush()

    def of_case(self, reference: str) -> tuple[Edition, ...]:
        """The editions of a case, first to last."""
        query = select(EditionRow).where(EditionRow.case_reference == reference).order_by(EditionRow.number)
        return tuple(to_noun(Edition, row) for row in self._session.scalars(query))

    def newest(self, reference: str) -> Edition | None:
        """The last edition, if there is one."""
        editions = self.of_case(reference)
        return editions[-1] if editions else None

    def mark_out_of_date(self, reference: str) -> int:
        """Something of the case has changed since; how many editions were up to date until now."""
        rows = self._session.scalars(
            select(EditionRow).where(EditionRow.case_reference == reference, EditionRow.up_to_date)
        ).all()
        for row in rows:
            row.up_to_date = False
        self._session.flush()
        return len(rows)
