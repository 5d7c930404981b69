"""Answers to questions that no field of the dictionary asks: what is typed there has to be kept all the same."""

from __future__ import annotations

from benchmarks.heldout.cases import Case
from benchmarks.heldout.values import Value, text

EXTRAS: dict[str, tuple[str, ...]] = {
    "extra.log_number": ("Log 0417 of the day", "CAD 2290 refers"),
    "extra.safe_contact": ("Mornings before ten, on the mobile please", "Not Wednesdays, I am in clinic"),
    "extra.carer": ("A family friend known as Bas", "Both adults, in different rooms"),
    "extra.whereabouts": (
        "The twins were with a childminder until six, and the eldest was at cadets.",
        "Upstairs at the neighbour's flat, as far as we can tell.",
    ),
    "extra.present": ("Gladly, though only by video call", "A colleague would have to stand in for me"),
    "extra.legal_advice": ("Counsel's note, received two days after the strategy meeting", "Sought but still awaited"),
    "extra.strategy": (
        "Held the same evening; enquiries to go on jointly, medical booked, to reconvene within a week.",
        "Reconvened twice because Health could not attend. Joint enquiry agreed.",
    ),
    "extra.interpreter": ("Romanian, for the grandmother only", "A loop would help the uncle, who is hard of hearing"),
    "extra.celebrate": ("Cake in the team room would do nicely", "A line in the newsletter, with no names"),
    "extra.previous_learning": (
        "We looked at a fostering case in the same way two years ago and found it useful.",
        "This would be a first for us, and we would value some help with it.",
    ),
    "extra.risk_staff": ("Large dog, visit in pairs", "Marker for weapons, added last winter"),
    "extra.staff_support": (
        "Two debriefs were held and the counselling line was offered to all seven of them.",
        "Reflective space with the psychologist each fortnight until the report is out.",
    ),
    "extra.staff_spoken": ("Two practitioners and the rota clerk", "The former manager, by telephone"),
    "extra.volume": ("Four volumes, one back from the archive", "Some 1,900 scanned sheets"),
    "extra.disagreement": (
        "One, about step-down, settled by the heads of service",
        "The midwife's challenge is minuted",
    ),
    "extra.resources": ("About £3,400 from the training budget, shared equally", "Staff time only"),
    "extra.version": ("Third issue, after remarks from the board", "First issue"),
}
LONG_EXTRAS = {"extra.whereabouts", "extra.strategy", "extra.previous_learning", "extra.staff_support"}


def extra(case: Case, name: str) -> Value:
    """What somebody typed at a question of the office's own."""
    return text(case.rng.choice(EXTRAS[name]))
