"""Which case, agency and request a return belongs to. Agreement files; contradiction or weakness goes to a person.

Pure: everything comes in, nothing is looked up. The order of thought:

1. All signals are gathered (`service.signals`), whatever they say.
2. Signals that point to different cases or agencies contradict: a person decides.
3. The child on the form must be a child of the case.
4. What stands must not rest on something that anybody could guess alone: an own token, or the child *and* the agency.
5. The agency must have been asked for this form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mailbox_config.directory import Directory
from records.cases import Agency, Case, Request
from records.submissions import Signal
from service.people import Likeness, NamedChild, best_likeness, children_of
from service.references import is_a_reference
from service.signals import Evidence, Known, Seen, agency_text, gather, named_once

OPENING_FORMS = frozenset({"referral", "good_outcome_referral"})
_CHILD = "child"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a person may choose, with the reasons that speak for it."""

    case_reference: str
    agency_id: str | None
    request_id: str | None
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What was decided and why. With "needs_person", case, agency and request are what the signals agree on, if any."""

    case: Case | None
    agency: Agency | None
    request: Request | None
    signals: tuple[Signal, ...]
    decision: Literal["filed", "needs_person"]
    why: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralMatch:
    """Who referred, and which open cases may be about the same child already."""

    agency: Agency | None
    duplicates: tuple[Case, ...]
    signals: tuple[Signal, ...]
    decision: Literal["new_case", "needs_person"]
    why: str


@dataclass(frozen=True, slots=True)
class _Thought:
    """Everything the steps below look at."""

    evidence: Evidence
    known: Known
    seen: tuple[Seen, ...]
    case: Case | None
    agency: Agency | None
    request: Request | None
    children: tuple[NamedChild, ...]

    def names(self, about: Literal["case", "agency"]) -> set[str]:
        return {one.signal.name for one in self.seen if getattr(one, about)}

    @property
    def has_token(self) -> bool:
        return any(one.request for one in self.seen)


def match(evidence: Evidence, cases: Iterable[Case], requests: Iterable[Request], directory: Directory) -> Match:
    """Where this return belongs, or why a person must say."""
    thought = _think(evidence, Known(tuple(cases), tuple(requests), directory))
    doubt = next(_doubts(thought), None)
    signals = tuple(one.signal for one in thought.seen)
    if doubt is None:
        assert thought.request is not None  # `_request_doubts` saw to it
        why = "All signals agree: " + ", ".join(named_once(signal.name for signal in signals)) + "."
        return Match(thought.case, thought.agency, thought.request, signals, "filed", why)
    return Match(thought.case, thought.agency, thought.request, signals, "needs_person", doubt, _candidates(thought))


def match_referral(evidence: Evidence, cases: Iterable[Case], directory: Directory) -> ReferralMatch:
    """Who sent this referral and whether a case for the same child is there already."""
    known = Known(tuple(cases), (), directory)
    seen = gather(evidence, known)
    signals = tuple(one.signal for one in seen)
    agencies = named_once(one.agency for one in seen)
    agency = directory.get(agencies[0]) if len(agencies) == 1 else None
    written = children_of(evidence.record, frozenset())
    alike = (Likeness.SAME, Likeness.NAME, Likeness.CONFLICT)
    duplicates = tuple(case for case in known.cases if best_likeness(written, case.children) in alike)
    doubt = next(_referral_doubts(evidence, agencies, duplicates, directory), None)
    if doubt is not None:
        return ReferralMatch(agency, duplicates, signals, "needs_person", doubt)
    return ReferralMatch(agency, (), signals, "new_case", "The sender and the form name the same agency.")


def _referral_doubts(
    evidence: Evidence, agencies: tuple[str, ...], duplicates: tuple[Case, ...], directory: Directory
) -> Iterator[str]:
    if duplicates:
        names = ", ".join(case.reference for case in duplicates)
        yield f"There is a case for a child like this already ({names}): link it, or open a new one."
    if len(agencies) > 1:
        yield f"The referral points to different agencies ({', '.join(agencies)}): say who referred."
    if not agencies:
        yield f"The referring agency{_as_written(agency_text(evidence))} is not in the directory: say who referred."
    elif evidence.sender and directory.by_sender(evidence.sender) is None:
        # Nobody outside the directory makes letters about a child go out to seven agencies.
        yield "It came from an address that no agency in the directory has: ask the agency whether it sent it."
    if not children_of(evidence.record, frozenset()):
        yield "The referral names no child with certainty: look at the original."


def _think(evidence: Evidence, known: Known) -> _Thought:
    seen = gather(evidence, known)
    firm = named_once(one.case for one in seen if not one.signal.name.startswith(_CHILD))
    children = named_once(one.case for one in seen if one.signal.name.startswith(_CHILD))
    agencies = named_once(one.agency for one in seen)
    cases = firm or children
    case = _only((case for case in known.cases if case.reference in cases), len(cases))
    agency = known.directory.get(agencies[0]) if len(agencies) == 1 else None
    request = None
    if case is not None and agency is not None:
        asked = [
            request
            for request in known.requests
            if (request.case_reference, request.agency_id, request.form) == (case.reference, agency.id, evidence.form)
        ]
        request = next((one for one in asked if one.state != "withdrawn"), asked[0] if asked else None)
    return _Thought(evidence, known, seen, case, agency, request, children_of(evidence.record, evidence.unsure))


def _only(cases: Iterable[Case], number: int) -> Case | None:
    return next(iter(cases), None) if number == 1 else None


def _doubts(thought: _Thought) -> Iterator[str]:
    """What speaks against filing, most serious first."""
    yield from _case_doubts(thought)
    yield from _child_doubts(thought)
    yield from _agency_doubts(thought)
    yield from _strength_doubts(thought)
    yield from _request_doubts(thought)


def _case_doubts(thought: _Thought) -> Iterator[str]:
    firm = named_once(one.case for one in thought.seen if not one.signal.name.startswith(_CHILD))
    children = named_once(one.case for one in thought.seen if one.signal.name.startswith(_CHILD))
    if len(firm) > 1:
        yield f"The signals point to different cases ({', '.join(firm)}): say which one it is."
    elif not firm and len(children) > 1:
        yield f"The child is in more than one case ({', '.join(children)}) and no reference says which: choose one."
    elif thought.case is None:
        yield "Nothing says which case this belongs to: choose the case, or set the document aside."
    elif thought.case.closed_on is not None:
        yield f"Case {thought.case.reference} is closed: reopen it, or choose another."


def _child_doubts(thought: _Thought) -> Iterator[str]:
    case = thought.case
    if case is None or not case.children or not thought.children:
        return
    likeness = best_likeness(thought.children, case.children)
    if likeness is Likeness.CONFLICT:
        yield f"The child on the form agrees only in part with a child of case {case.reference}: compare the two."
    elif likeness is Likeness.OTHER:
        yield f"The child on the form is not a child of case {case.reference}: say which case it belongs to."
    elif likeness is Likeness.NAME:
        others = [one.case for one in thought.seen if one.signal.name.startswith(_CHILD) and one.case != case.reference]
        if others and not thought.has_token:
            yield f"A child of this name is also in {', '.join(named_once(others))}: say which case it is."


def _agency_doubts(thought: _Thought) -> Iterator[str]:
    agencies = named_once(one.agency for one in thought.seen)
    written = agency_text(thought.evidence)
    if len(agencies) > 1:
        names = "; ".join(f"{one.signal.name}: {one.agency}" for one in thought.seen if one.agency)
        yield f"The signals point to different agencies ({names}): say who answered."
    elif thought.agency is None:
        yield f"The agency{_as_written(written)} is not in the directory: choose it, or add the name there."
    elif "agency on the form" not in thought.names("agency") and not thought.has_token:
        known_person = "sender is a contact" in thought.names("agency")
        if not known_person:
            yield f"The form names no agency of the directory{_as_written(written)}: confirm who answered."


def _strength_doubts(thought: _Thought) -> Iterator[str]:
    if thought.has_token:
        return
    evidence, case_names, agency_names = thought.evidence, thought.names("case"), thought.names("agency")
    written = evidence.answer("case_reference")
    if written and is_a_reference(written) and "case reference on the form" not in case_names:
        yield "The form carries a reference that no case here has: confirm the case."
    if evidence.sender and not agency_names & {"sender is a contact", "sender's domain"}:
        yield "The sender is not known to the directory: confirm who answered."
    references = {name for name in case_names if not name.startswith(_CHILD)}
    same_child = any(name.startswith("child, by") for name in case_names)
    asks_for_a_child = "children" in evidence.record or "child_name" in evidence.record
    if asks_for_a_child and not any(name.startswith(_CHILD) for name in case_names):
        yield "Nothing but a reference says which case this is, and no child on the form confirms it: confirm the case."
    elif not asks_for_a_child and len(references) < 2:
        yield "Only one reference says which case this is, and anybody could guess it: confirm the case."
    elif not references and not (same_child and evidence.sender):
        yield "No reference says which case this is: confirm the case."


def _request_doubts(thought: _Thought) -> Iterator[str]:
    if thought.case is None or thought.agency is None:
        return
    if thought.request is None:
        yield (
            f"{thought.agency.name} was not asked for this form in case {thought.case.reference}: "
            "add the request, or set the return aside."
        )
    elif thought.request.state == "withdrawn":
        yield f"The request to {thought.agency.name} was withdrawn: ask again, or set the return aside."


def _as_written(text: str) -> str:
    return f" “{text}”" if text else ""


def _candidates(thought: _Thought, limit: int = 5) -> tuple[Candidate, ...]:
    """The choices for a person, best first: pairs of case and agency that signals speak for, open requests first."""
    case_scores: dict[str, int] = defaultdict(int)
    agency_scores: dict[str, int] = defaultdict(int)
    for one in thought.seen:
        case_scores[one.case] += one.signal.weight if one.case else 0
        agency_scores[one.agency] += one.signal.weight if one.agency else 0
    for near in thought.known.directory.near_names(agency_text(thought.evidence)):
        agency_scores[near.agency.id] += near.likeness // 10
    found: list[Candidate] = []
    for request in thought.known.requests:
        score = case_scores.get(request.case_reference, 0) + agency_scores.get(request.agency_id, 0)
        if score and request.form == thought.evidence.form and request.state != "withdrawn":
            found.append(_candidate(thought, request, score))
    asked = {candidate.case_reference for candidate in found}
    for reference, score in case_scores.items():
        if reference and reference not in asked:
            reasons = named_once(one.signal.name for one in thought.seen if one.case == reference)
            agency = thought.agency.id if thought.agency else None
            found.append(Candidate(reference, agency, None, score, reasons))
    return tuple(sorted(found, key=lambda one: (-one.score, one.case_reference, one.agency_id or ""))[:limit])


def _candidate(thought: _Thought, request: Request, score: int) -> Candidate:
    reasons = named_once(
        one.signal.name for one in thought.seen if request.case_reference == one.case or request.agency_id == one.agency
    )
    return Candidate(request.case_reference, request.agency_id, request.id, score, reasons or ("name alike",))
