"""What the agencies write in their chronologies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from samples.cast import BORN, CARE, CHILD, PERIOD, REFERENCE, SCHOOL, Cast

MOTHER_CODE = "MO"
PARTNER_CODE = "MP"
CHILD_CODE = "C1"


@dataclass(frozen=True, slots=True)
class Told:
    """One row as its author writes it: the date in their own way, the record it comes from, what happened."""

    date: str
    written: str
    source: str
    event: str
    time: str = ""
    people: str = ""
    seen: str = ""
    action: str = ""
    impact: str = ""
    comment: str = ""


SCHOOL_ROWS = (
    Told(
        "2025-09-03", "03/09/2025", "Admissions file", "First day in the reception class.", people="C1, MO", seen="yes"
    ),
    Told(
        "2025-11-12",
        "12/11/2025",
        "Safeguarding file",
        "Plaster above the left eye. MO said that C1 fell against a table the day before and was seen at hospital.",
        time="08:50",
        people="C1, MO",
        seen="yes",
        action="Noted; no further step.",
    ),
    Told(
        "2025-12-04",
        "04/12/2025",
        "Nurture group notes",
        "C1 wore a wrist support. She said that she slipped in the yard.",
        people="C1",
        seen="yes",
    ),
    Told(
        "2026-01-22",
        "22/01/2026",
        "Safeguarding file",
        "Bruise, about 3 cm, on the right cheek. C1 gave no account; MO said that her brother threw a toy.",
        time="09:05",
        people="C1, MO",
        seen="yes",
        action="Reported to children's social care by telephone at 09:40 and in writing at 10:15.",
        impact="C1 was quiet and stayed near the adults all day.",
    ),
    Told(
        "2026-01-30",
        "30/01/2026",
        "E-mail",
        "Social care confirmed that a social worker was allocated.",
        comment="The answer came eight days after the report.",
    ),
    Told("2026-02-23", "23/02/2026", "Attendance register", "Absent without a message. Two calls home, no answer."),
    Told(
        "2026-02-24",
        "24/02/2026",
        "Attendance register",
        "Absent without a message. One call home, no answer.",
        time="09:40",
    ),
)
CARE_ROWS = (
    Told(
        "2025-09-16",
        "16/09/2025",
        "Contact log",
        "Police notice of a domestic incident at the home on 15 September 2025; C1 upstairs and not seen.",
        people="MO, MP",
        seen="no",
        action="Letter with advice to MO; contact closed.",
    ),
    Told(
        "2026-01-22",
        "22/01/2026",
        "Contact log",
        "Report from the school by telephone and in writing: bruise on the right cheek, no account from C1.",
        time="09:40",
        action="Put into the manager's tray for a decision.",
    ),
    Told("2026-01-30", "30/01/2026", "Case record", "Decision: assessment. Social worker SW1 allocated.", people="SW1"),
    Told(
        "2026-02-06",
        "06/02/2026",
        "Case record",
        "Home visit by SW1. C1 seen with MO present. Home clean; cellar door without a latch.",
        time="15:30",
        people="SW1, C1, MO",
        seen="yes",
        action="MO asked to fit a latch.",
        impact="C1 spoke little.",
    ),
    Told(
        "2026-02-24",
        "24/02/2026",
        "Emergency duty record",
        "Hospital and police told the emergency duty team of the injury. Strategy discussion by telephone.",
        time="21:15",
        people="EDT1",
        action="Section 47 enquiry, joint with police. Brother placed with a grandparent.",
    ),
)
HOSPITAL_ROWS = (
    Told(
        "2025-11-11",
        "11/11/2025",
        "Emergency department record",
        "Cut above the left eye, closed with strips. MO: fell against a table. Account fitted the injury.",
        time="17:20",
        people="C1, MO, Dr1",
        seen="yes",
        action="Discharged; letter to the surgery.",
    ),
    Told(
        "2025-12-03",
        "03/12/2025",
        "Emergency department record",
        "Sprained left wrist. MO: slipped in the yard.",
        time="18:05",
        people="C1, MO, N1",
        seen="yes",
        action="Support fitted; discharged.",
        comment="The earlier visit was not on the screen.",
    ),
    Told(
        "2026-02-24",
        "24/02/2026",
        "Emergency department record",
        "Arrived by ambulance, unconscious, with a serious head injury and older bruises to the back.",
        time="19:22",
        people="C1, MO, Dr2",
        seen="yes",
        action="Imaging; emergency surgery at 20:40. Police and social care told at 20:10.",
    ),
    Told(
        "2026-02-26",
        "26/02/2026",
        "Ward notes",
        "Awake. Second opinion: a single fall does not explain all the injuries.",
        time="11:00",
        people="C1, Dr2, Dr3",
        seen="yes",
    ),
)
COMMUNITY_ROWS = (
    Told(
        "2025-03-18",
        "18 March 2025",
        "Health visiting record",
        "Visit for the brother's review. C1, aged three, played in the same room and talked freely.",
        people="HV1, MO, C1",
        seen="yes",
    ),
    Told(
        "2025-06",
        "June 2025",
        "Health visiting record",
        "Two appointments for the brother's check were missed; a third was kept.",
        people="HV1, MO",
        action="Text reminders set up.",
    ),
    Told(
        "2025-10-07",
        "7 October 2025",
        "Health visiting record",
        "MO told HV1 that MP had moved in during the summer. She said that things were calm.",
        people="HV1, MO",
        seen="no",
        comment="HV1 did not know of the police visit in September.",
    ),
    Told(
        "2026-01",
        "early January 2026",
        "Telephone note",
        "MO cancelled the brother's vaccination; a new date was not made.",
        people="MO",
    ),
)
SURGERY_ROWS = (
    Told("2025-11-14", "14.11.25", "Hospital letter", "Letter on the visit of 11 November received and filed."),
    Told("2025-12-08", "8.12.25", "Hospital letter", "Letter on the visit of 3 December received and filed."),
    Told("", "31.11.25", "Reception note", "MO rang about her sleep; no appointment was free that week.", people="MO"),
    Told(
        "2026-02-10",
        "10.2.26",
        "Consultation note",
        "MO seen for low mood. She said that she sleeps badly and that MP shouts at the children.",
        people="MO, GP1",
        action="Talking therapy leaflet; review in four weeks.",
        comment="No question was asked about the children's safety.",
    ),
)
SURGERY_ROWS_CORRECTED = tuple(
    replace(row, date="2025-12-01", written="1.12.25") if row.written == "31.11.25" else row for row in SURGERY_ROWS
)
PEOPLE = (
    (CHILD_CODE, "Child 1", "The child of the review"),
    (MOTHER_CODE, "Mother", "Mother of Child 1"),
    (PARTNER_CODE, "Mother's partner", "Lives in the household"),
)


def school() -> dict[str, Any]:
    """The school's chronology in its plain shape."""
    return _record(SCHOOL, "2026-03-04", SCHOOL_ROWS, ())


def social_care() -> dict[str, Any]:
    """Social care's chronology in its plain shape."""
    workers = (("SW1", "Harper Sampleton", "Social worker"), ("EDT1", "Remy Examplar", "Emergency duty team"))
    return _record(CARE, "2026-03-09", CARE_ROWS, workers)


def _record(
    agency: Cast, day: str, rows: tuple[Told, ...], workers: tuple[tuple[str, str, str], ...]
) -> dict[str, Any]:
    return {
        "case_reference": REFERENCE,
        "child_name": CHILD,
        "date_of_birth": BORN,
        "agency": agency.name,
        "author": agency.author.author(),
        "date_completed": day,
        "review_period": PERIOD,
        "people_key": [{"code": code, "name": name, "role": role} for code, name, role in (*PEOPLE, *workers)],
        "quality_assurance": agency.checker.signed(day),
        "events": [_event(row) for row in rows],
    }


def _event(row: Told) -> dict[str, Any]:
    answers = {
        "date": row.date,
        "date_as_written": row.written,
        "time": row.time,
        "time_as_written": row.time,
        "source": row.source,
        "event": row.event,
        "people": row.people,
        "child_seen": row.seen,
        "action": row.action,
        "impact": row.impact,
        "comment": row.comment,
    }
    return {name: value for name, value in answers.items() if value}
