"""Third step: the returns of a document are matched, checked and filed; a request is answered, an old pack marked.

What was found is decided on one view of the store; filing it is one transaction. Run again, it files nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from records.cases import RequestState
from records.checking import Checkable
from records.results import Finding, ReadResult, ReadReturn
from records.submissions import Document, FiledReturn, Signal
from service.cases import open_from_referral
from service.checking import Belongs, Read, checkable_of
from service.matching import OPENING_FORMS, Match, match, match_referral
from service.parts import ACTOR, Parts, id_of
from service.prefilling import identity_of
from service.proposing import propose_agencies
from service.readings import reading_of
from service.signals import Evidence
from service.tasks import ask_a_person, close_tasks
from store import Transaction

_FILED_BEFORE = "The same document was filed before, with {id}."


@dataclass(frozen=True, slots=True)
class Found:
    """One return, where it belongs, and its position among those of its form in the document."""

    returned: ReadReturn
    position: int
    match: Match | None
    """None for a form that opens a case: who sent it is decided when it is filed."""
    evidence: Evidence
    checkable: Checkable


def file_document(document_id: str, parts: Parts) -> list[str]:
    """File the returns of a document; their ids. None when the same document was filed before."""
    with parts.store.reading() as tx:
        read = read_of(tx, document_id)
        earlier = _filed_before(tx, read)
        found = [] if earlier else [_find(tx, read, returned, parts) for returned in _numbered(read.reading)]
    checked = [(one, parts.check(one.checkable)) for one in found]
    with parts.store.transaction() as tx:
        if earlier:
            reason = _FILED_BEFORE.format(id=earlier)
            tx.documents.put(read.document.model_copy(update={"outcome": "skipped", "reason": reason}))
            return []
        return [_file(tx, read, one, findings, parts).id for one, findings in checked]


def check_again(tx: Transaction, filed: FiledReturn, parts: Parts) -> FiledReturn:
    """The return with what the rules say of it where it is filed now; what was waived stays waived."""
    read = read_of(tx, filed.document_id)
    numbered = _numbered(read.reading)
    mine = [one for position, one in numbered if id_of("F", filed.document_id, one.form, position) == filed.id]
    if not mine:
        return filed
    belongs = Belongs(
        tx.cases.get(filed.case_reference) if filed.case_reference else None,
        parts.directory.get(filed.agency_id),
        tx.requests.get(filed.request_id) if filed.request_id else None,
        filed.id,
    )
    findings = parts.check(checkable_of(tx, read, mine[0], belongs, parts))
    return tx.returns.check_again(filed.id, [one.to_json() for one in findings])


def read_of(tx: Transaction, document_id: str) -> Read:
    """A document with its reading and the words of the message it came in."""
    document = tx.documents.get(document_id)
    reading = reading_of(tx, document_id)
    assert reading is not None  # the step before has read it
    texts = []
    for other in tx.documents.of(document.submission_id):
        if other.role == "body":
            words = reading_of(tx, other.id)
            texts.append(words.text_excerpt if words and other.kind == "html" else _plain(tx, other))
    return Read(tx.submissions.get(document.submission_id), document, reading, "\n".join(texts))


def _plain(tx: Transaction, body: Document) -> str:
    return tx.originals.get(body.sha256).decode("utf-8", "replace") if body.kind == "text" else ""


def _filed_before(tx: Transaction, read: Read) -> str | None:
    """The submission that brought this very document before, if returns of it are on file."""
    others = {one.id: one for one in tx.documents.with_bytes(read.document.sha256) if one.id != read.document.id}
    for filed in tx.returns.of_document(others):
        other = (filed.received_at, filed.document_id)
        if filed.submission_id != read.submission.id and other < (read.submission.received_at, read.document.id):
            return filed.submission_id
        if filed.submission_id == read.submission.id and filed.document_id < read.document.id:
            return filed.submission_id
    return None


def _numbered(reading: ReadResult) -> list[tuple[int, ReadReturn]]:
    """The returns with their position among those of their form."""
    seen: dict[str, int] = {}
    numbered = []
    for returned in reading.returns:
        numbered.append((seen.get(returned.form, 0), returned))
        seen[returned.form] = seen.get(returned.form, 0) + 1
    return numbered


def _find(tx: Transaction, read: Read, numbered: tuple[int, ReadReturn], parts: Parts) -> Found:
    position, returned = numbered
    evidence = _evidence(read, returned, parts)
    matched = None
    if returned.form not in OPENING_FORMS:
        matched = match(evidence, tx.cases.all(), tx.requests.all(), parts.directory)
    sender = parts.directory.by_sender(evidence.sender)
    belongs = Belongs(matched.case, matched.agency, matched.request) if matched else Belongs(None, sender, None)
    return Found(returned, position, matched, evidence, checkable_of(tx, read, returned, belongs, parts))


def _evidence(read: Read, returned: ReadReturn, parts: Parts) -> Evidence:
    message = read.submission.message
    sender = message.sender if message else ""
    if sender.lower() == parts.settings.partnership.contact_email.lower():
        sender = ""  # forwarded by ourselves: says nothing of who answered
    return Evidence(
        form=returned.form,
        record=returned.record,
        unsure=frozenset(item.field for item in returned.review),
        properties=identity_of(read.reading.properties),
        file_name=read.document.path.rpartition(" > ")[2],
        folders=read.submission.folder_hint,
        subject=message.subject if message else "",
        body=read.message_text,
        sender=sender,
        in_reply_to=message.in_reply_to if message else (),
    )


def _file(tx: Transaction, read: Read, found: Found, findings: list[Finding], parts: Parts) -> FiledReturn:
    """File one return; everything that follows from it at once happens in the same transaction."""
    draft = _draft(read, replace(found.returned, findings=findings), found.position)
    before = next((one for one in tx.returns.of_document([draft.document_id]) if one.id == draft.id), None)
    if before is not None:
        return before
    if found.match is None:
        return _file_referral(tx, found, draft, parts)
    matched = found.match
    whole = next((item for item in found.returned.review if item.field == ""), None)
    needs_person = matched.decision == "needs_person" or whole is not None
    placed = _placed(draft, matched, "needs_person" if needs_person else "filed")
    if matched.decision == "filed" and whole is not None:
        placed = placed.model_copy(update={"reason": f"The reader is not sure of this form: {whole.why}."})
    filed = tx.returns.file(placed, position=found.position)
    _note(tx, filed)
    if filed.state == "needs_person":
        ask_a_person(tx, "return", filed.id, filed.reason, case_reference=filed.case_reference)
        if filed.case_reference is not None and tx.editions.mark_out_of_date(filed.case_reference):
            tx.audit.record(ACTOR, "pack.out_of_date", case=filed.case_reference, returned=filed.id)
    else:
        after_filing(tx, filed, parts)
    return filed


def after_filing(tx: Transaction, filed: FiledReturn, parts: Parts) -> None:
    """What a filed return brings with it: its request is answered, the packs of its case are out of date, and nobody
    is asked about the version before it any more.
    """
    propose_agencies(tx, filed, parts)
    if filed.supersedes is not None:
        close_tasks(tx, "return", filed.supersedes, by=ACTOR)
    if filed.request_id is not None:
        nil = is_nil(filed.result)
        tx.requests.settle(filed.request_id, "nil" if nil else "answered", parts.today())
        tx.audit.record(ACTOR, "request.answered", request=filed.request_id, returned=filed.id)
        _follow_nil(tx, filed, parts, nil=nil)
    if filed.case_reference is not None and tx.editions.mark_out_of_date(filed.case_reference):
        tx.audit.record(ACTOR, "pack.out_of_date", case=filed.case_reference, returned=filed.id)


def after_setting_aside(tx: Transaction, filed: FiledReturn, restored: FiledReturn | None, parts: Parts) -> None:
    """What goes with a return that counted and does not any more: the one before it answers, or the agency has to."""
    if restored is not None:
        after_filing(tx, restored, parts)
        for task in tx.tasks.about("return", restored.id):
            if task.settled_by == ACTOR:  # nobody answered it: the version that is gone had taken its place
                tx.tasks.ask_again(task.id)
                tx.audit.record(ACTOR, "task.opened", task=task.id, **{"return": restored.id})
        return
    if filed.request_id is not None:
        tx.requests.settle(filed.request_id, "outstanding")
        tx.audit.record(ACTOR, "request.outstanding", request=filed.request_id, returned=filed.id)
        _follow_nil(tx, filed, parts, nil=False)
    if filed.case_reference is not None and tx.editions.mark_out_of_date(filed.case_reference):
        tx.audit.record(ACTOR, "pack.out_of_date", case=filed.case_reference, returned=filed.id)


def _follow_nil(tx: Transaction, filed: FiledReturn, parts: Parts, *, nil: bool) -> None:
    """A nil return answers all that its agency was asked in the case; one that takes it back opens the rest again."""
    if filed.case_reference is None or "has_involvement" not in filed.result["record"]:
        return
    was: RequestState = "outstanding" if nil else "nil"
    becomes: RequestState = "nil" if nil else "outstanding"
    for other in tx.requests.of_case(filed.case_reference):
        if other.agency_id == filed.agency_id and other.id != filed.request_id and other.state == was:
            tx.requests.settle(other.id, becomes, parts.today())
            tx.audit.record(ACTOR, f"request.{becomes}", request=other.id, returned=filed.id)


def is_nil(result: dict[str, Any]) -> bool:
    """Whether the agency says for certain that it had no involvement."""
    unsure = {item["field"] for item in result.get("review", ())}
    return result["record"].get("has_involvement") == "no" and not unsure & {"", "has_involvement"}


def _file_referral(tx: Transaction, found: Found, draft: FiledReturn, parts: Parts) -> FiledReturn:
    """File a form that opens a case: the case is opened with it, or a person is asked."""
    referral = match_referral(found.evidence, tx.cases.all(), parts.directory)
    agency_id = referral.agency.id if referral.agency else None
    draft = draft.model_copy(update={"agency_id": agency_id, "signals": referral.signals, "reason": referral.why})
    why_not = "" if referral.decision == "new_case" else referral.why
    why_not = why_not or _not_by_itself(found.returned, draft, parts)
    if why_not or referral.agency is None:
        filed = tx.returns.file(draft.model_copy(update={"reason": why_not}), position=found.position)
        _note(tx, filed)
        command = f"intake case open --from {filed.id}, or intake file {filed.id} --case CASE"
        ask_a_person(tx, "return", filed.id, why_not, command=command)
        return filed
    case = open_from_referral(tx, draft, parts)
    filed = tx.returns.file(
        draft.model_copy(update={"case_reference": case.reference, "state": "filed"}), position=found.position
    )
    _note(tx, filed)
    propose_agencies(tx, filed, parts)
    return filed


def _not_by_itself(returned: ReadReturn, draft: FiledReturn, parts: Parts) -> str:
    """Why a referral does not open its case by itself; "" when it does."""
    if not parts.settings.opening.automatic:
        return "The settings say that a person opens cases: look at the referral and open the case."
    if any(item.field == "" or item.field.startswith(("children", "incident_date")) for item in returned.review):
        return (
            "The reader is not sure of the child or of the incident's date: look at the original, then open the case."
        )
    errors = [one for one in draft.result["findings"] if one["severity"] == "error"]
    if errors:
        return f"The referral has {len(errors)} errors to settle first: look at its findings, then open the case."
    return ""


def _draft(read: Read, returned: ReadReturn, position: int) -> FiledReturn:
    result = returned.to_json()
    result["labels"] = {path: placed.label for path, placed in returned.places.items() if placed.label}
    result["edition"] = returned.edition
    result["asked"] = None if returned.asked is None else list(returned.asked)
    return FiledReturn(
        id=id_of("F", read.document.id, returned.form, position),
        document_id=read.document.id,
        submission_id=read.submission.id,
        case_reference=None,
        agency_id=None,
        request_id=None,
        form=returned.form,
        version=1,
        received_at=read.submission.received_at,
        state="needs_person",
        result=result,
    )


def _placed(draft: FiledReturn, matched: Match, state: str) -> FiledReturn:
    signals: tuple[Signal, ...] = matched.signals
    return draft.model_copy(
        update={
            "case_reference": matched.case.reference if matched.case else None,
            "agency_id": matched.agency.id if matched.agency else None,
            "request_id": matched.request.id if matched.request else None,
            "signals": signals,
            "state": state,
            "reason": matched.why,
        }
    )


def _note(tx: Transaction, filed: FiledReturn) -> None:
    tx.audit.record(
        ACTOR, f"return.{filed.state}", returned=filed.id, case=filed.case_reference, agency=filed.agency_id
    )
