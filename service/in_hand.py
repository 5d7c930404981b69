"""One worker at a time for one submission; one that workers keep dying over is found out.

A submission is taken in hand, with the worker's name, before anything is done with it. A worker that is killed leaves
the mark behind, and the next one counts one crash for what stood there, for nothing else: neither an outage nor a kill
costs the rest anything. A step that is got through takes the count back to nought, as what the workers died of then lay
elsewhere.
"""

from __future__ import annotations

from service.parts import Parts
from service.workers import has_ended

MAXIMUM_CRASHES = 5
"""More than for faults of our own (three): a death may have any cause, an exception has one."""
_SECONDS = 900.0

_put_down: list[str] = []
"""Done with; the mark goes with the next transaction, not with one of its own."""
_left_behind: set[str] = set()
"""In hand now, left behind by another worker, and not begun again yet."""
_crashed: set[str] = set()
"""In hand now, left behind by another worker, and not a step further since."""


def take(submission_id: str, parts: Parts) -> int | None:
    """Take it in hand; how many workers died over it since it last got on. None while another worker is at it."""
    done = [one for one in _put_down if one != submission_id]
    with parts.store.transaction() as tx:
        tx.in_hand.put_down(done, parts.worker)
        before = tx.in_hand.holder(submission_id)
        crashes = tx.in_hand.take(submission_id, parts.worker, _SECONDS, ended=has_ended)
    _put_down.clear()
    if crashes is not None and before not in ("", parts.worker):
        _left_behind.add(submission_id)
        _crashed.add(submission_id)
    return crashes


def begin(parts: Parts) -> None:
    """A step of what is in hand begins: from now on a death is a death over this."""
    for submission_id in tuple(_left_behind):
        with parts.store.transaction() as tx:
            tx.in_hand.begin(submission_id, parts.worker)
        _left_behind.discard(submission_id)


def got_on(parts: Parts) -> None:
    """A step of what is in hand is done. Costs nothing unless somebody died over it before."""
    for submission_id in tuple(_crashed):
        with parts.store.transaction() as tx:
            tx.in_hand.got_on(submission_id, parts.worker, _SECONDS)
        _crashed.discard(submission_id)


def put_down(submission_id: str) -> None:
    """Done with it, for now or for good."""
    _crashed.discard(submission_id)
    _left_behind.discard(submission_id)
    _put_down.append(submission_id)


def put_all_down(parts: Parts) -> None:
    """Leave no mark behind: another worker may go on with what waits."""
    if _put_down:
        with parts.store.transaction() as tx:
            tx.in_hand.put_down(_put_down, parts.worker)
        _put_down.clear()


def left_behind(parts: Parts) -> tuple[str, ...]:
    """What dead workers had in hand."""
    with parts.store.reading() as tx:
        return tx.in_hand.left_behind(ended=has_ended)
