# ruff: noqa: E501 -- what agencies write is one long line
"""A fictional case for the tests of the pack: five agencies, some forty events, uncertain dates, a nil return, one awaited.

Nobody in it exists: `.example` addresses, telephone numbers of 0161 496 0xxx, NHS numbers of the 999 range.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from forms.registry import form
from generators.packs.content import Asked, Clock, PackContent, Returned, Source, Stood
from records.cases import Agency, Case, SubjectChild
from records.results import Finding, ReviewItem, Severity, Unplaced

POLICE = Agency(id="police", name="Northern Vale Police", sector="police", aliases=("NVP",))
CARE = Agency(id="care", name="Northern Vale Children’s Services", sector="social_care")
TRUST = Agency(
    id="trust", name="Vale Hospitals NHS Foundation Trust", sector="health", former_names=("Vale Royal Hospital",)
)
SCHOOL = Agency(id="school", name="Larkhill Primary School", sector="education")
HOUSING = Agency(id="housing", name="Valeside Homes", sector="housing")
PROBATION = Agency(id="probation", name="Probation Service, Northern Vale", sector="probation")

CHILD = SubjectChild(code="Child 1", name="Robin Testerby", date_of_birth="2019-05-14", nhs_number="9990000018")
SIBLING = SubjectChild(code="Child 2", name="Wren Testerby", date_of_birth="2022-09-30", nhs_number="9990000026")

CASE = Case(
    reference="NVSCP-RR-2024-07",
    kind="rapid_review",
    title="Serious harm to a child of pre-school age",
    other_references=("SIN 000123 (fictional)",),
    children=(CHILD, SIBLING),
    review_from=date(2022, 9, 1),
    review_to=date(2024, 3, 31),
    incident_on=date(2024, 3, 12),
    notified_on=date(2024, 3, 15),
    referred_on=date(2024, 3, 14),
    opened_on=date(2024, 3, 15),
)


def full(form_id: str, **answers: Any) -> dict[str, Any]:
    """A record in its plain shape with every field present."""
    return form(form_id).record.model_validate(answers).model_dump(mode="json")


def source(name: str, version: int = 1, day: date = date(2024, 3, 25)) -> Source:
    return Source(name=name, sha256=sha256(name.encode()).hexdigest(), version=version, received_on=day)


def event(when: str | None, written: str | None, told: str, **more: Any) -> dict[str, Any]:
    return {"date": when, "date_as_written": written, "event": told, **more}


POLICE_EVENTS = [
    event(
        "2022-10-03",
        "03/10/2022",
        "Report of a domestic incident between Mother and Father at the home address. Child 1 and Child 2 upstairs, not seen by officers.",
        time="21:40",
        time_as_written="2140hrs",
        source="Incident log 0317 (fictional)",
        people="Mother, Father, PC1",
        child_seen="no",
        action="Words of advice given; vulnerable child notification sent to children’s services.",
    ),
    event(
        "2023-02-18",
        "18.2.23",
        "Third party call: shouting and a child crying. Officers attended; no offences disclosed.",
        time="02:15",
        time_as_written="0215",
        source="Incident log 0052",
        child_seen="yes",
        action="Children seen asleep in bed.",
    ),
    event(
        "2023-06~",
        "c. June 2023",
        "Father’s associate stopped in a vehicle; Child 1 in the rear seat without a suitable restraint.",
        source="Intelligence report",
        impact="Exposed to risk in the vehicle.",
    ),
    event(
        "2023-09-09",
        "09/09/2023",
        "Mother attended the front counter to report threats from Father by telephone.",
        time="14:05",
        time_as_written="14:05",
        source="Crime report",
        people="Mother",
        action="Non-molestation order discussed. Risk assessed as medium.",
    ),
    event(
        "2023-09-09",
        "09/09/2023",
        "Mother attended the front counter to report threats from Father by telephone",
        source="Crime report (print-out)",
        people="Mother",
    ),
    event(
        "2024-03-12",
        "12/03/2024",
        "Ambulance requested police attendance at the home address. Child 1 unresponsive with bruising to the left side of the head.",
        time="16:52",
        time_as_written="1652hrs",
        source="Incident log 0611",
        people="Mother, Mother’s partner, PC4, DS1",
        child_seen="yes",
        action="Scene secured. Strategy discussion requested.",
    ),
    event(
        "2024-03-12",
        "12/03/2024",
        "Father and Mother’s partner both arrested on suspicion of assault.",
        time="19:30",
        time_as_written="1930hrs",
        source="Custody record",
    ),
    event(
        "2024-03-13",
        "13/03/24",
        "Strategy discussion held with children’s services and the hospital; joint investigation agreed.",
        time="10:00",
        source="Strategy minutes",
        action="Section 47 enquiry, joint.",
    ),
]
CARE_EVENTS = [
    event(
        "2022-10-04",
        "4 October 2022",
        "Vulnerable child notification received from police about a domestic incident between Mother and Father at the home address. Children upstairs.",
        source="Contact record",
        action="No further action; letter to Mother.",
        comment="Threshold decision made without a call to the school or the health visitor.",
    ),
    event(
        "2022-21",
        "Spring 2022",
        "Earlier contact with early help, closed on Mother’s request.",
        source="Early help module",
    ),
    event("2023-03", "March 2023", "Several telephone calls to Mother, none answered.", source="Case notes"),
    event(
        "2023-03-07/2023-03-09",
        "7th–9th March 2023",
        "Unannounced visits on three days; nobody at home.",
        source="Case notes",
        child_seen="no",
    ),
    event(
        "2023-07-11",
        "11/7/23",
        "Child and family assessment completed. Child 1 seen alone: said that “he shouts and I hide in the cupboard”.",
        source="Assessment",
        people="Child 1, SW1",
        child_seen="yes",
        action="Child in need plan. Review in six weeks.",
        impact="Child 1 frightened at home.",
    ),
    event(
        "2023-08-22",
        "22/08/2023",
        "Child in need review. School not invited. Health visitor sent apologies.",
        source="Minutes",
        time_as_written="am",
    ),
    event(
        "2023-11-05?",
        "?5 Nov 2023",
        "Anonymous telephone call: children left alone overnight.",
        source="Contact record",
        action="Visit attempted next day.",
    ),
    event(
        "2024-01-04",
        "04/01/2024",
        "Case transferred from SW1 to SW2 with no handover visit.",
        source="Case notes",
        comment="SW1 left the authority.",
    ),
    event(
        "2024-02-03",
        "03/02/24 or 02/03/24",
        "Home visit. Bruise to Child 1’s right cheek, explained as a fall from the sofa.",
        source="Case notes",
        people="Mother, Child 1, SW2",
        child_seen="yes",
        action="No medical arranged.",
    ),
    event(
        "2024-03-12",
        "12/03/2024",
        "Telephone call from hospital: Child 1 admitted unresponsive with bruising to the head.",
        time="17:45",
        time_as_written="17.45",
        source="Duty log",
        action="Strategy discussion arranged for the morning.",
    ),
    event(
        "2024-03-13",
        "13.03.2024",
        "Strategy discussion with police and hospital. Joint investigation agreed.",
        time="12:30",
        time_as_written="12.30pm",
        source="Minutes",
        action="Section 47 enquiry opened; Child 2 placed with maternal grandmother.",
    ),
    event(
        None,
        "undated note",
        "File note: “maternal grandmother worried about bruises, will ring back”. No call recorded.",
        source="Paper file",
    ),
]
TRUST_EVENTS = [
    event(
        "2022-09-30",
        "30/09/2022",
        "Birth of Child 2 at term. Routine enquiry about domestic abuse not made because Father was present throughout.",
        time="04:12",
        source="Maternity record",
        agency="Maternity",
    ),
    event(
        "2022-10-14",
        "14/10/2022",
        "New birth visit by HV1. Mother low in mood; Child 1 quiet and watchful.",
        source="Health visitor record",
        agency="Health visiting",
        people="Mother, Child 1, Child 2, HV1",
        child_seen="yes",
        action="Mood to be reviewed at six weeks.",
    ),
    event(
        "2022-11",
        "Nov-22",
        "Six-week check not attended; two letters sent.",
        source="Health visitor record",
        agency="Health visiting",
        child_seen="no",
    ),
    event(
        "2023-05-02",
        "2.5.23",
        "Emergency department: Child 1 with burn to the left hand, said to be from a hair straightener.",
        time="18:20",
        source="ED card 44 (fictional)",
        agency="Emergency department",
        people="Child 1, Mother, ED1",
        child_seen="yes",
        action="Dressed. Safeguarding screen: “no concerns”. Health visitor told by letter.",
    ),
    event(
        "2023-05-02",
        "2.5.23",
        "Mother left before the safeguarding nurse arrived.",
        source="ED card 44 (fictional)",
        agency="Emergency department",
    ),
    event(
        "2023-05-03",
        "3.5.23",
        "Letter to health visitor about burn to left hand of Child 1 from hair straightener.",
        source="ED letters",
        agency="Emergency department",
    ),
    event(
        "2023-09-10",
        "10/09/23",
        "HV1 informed by police of threats from Father by telephone to Mother.",
        source="Health visitor record",
        agency="Health visiting",
    ),
    event(
        "2024-02-19",
        "19/02/2024",
        "Child 1 not brought to two-year follow-up of burn scar.",
        source="Outpatients",
        agency="Outpatients",
        child_seen="no",
        action="Discharged as “did not attend”.",
    ),
    event(
        "2024-03-12",
        "12/03/2024",
        "Brought by ambulance, unresponsive, bruising to the right side of the head, older bruises to the back.",
        time="17:10",
        time_as_written="17:10",
        source="ED card 91 (fictional)",
        agency="Emergency department",
        people="Child 1, Mother",
        child_seen="yes",
        action="CT head, skeletal survey; police and children’s services called.",
    ),
    event(
        "2024-03-12",
        "12/03/2024",
        "CT: acute subdural haemorrhage. Transferred to intensive care.",
        source="ED card 91 (fictional)",
        agency="Emergency department",
    ),
    event(
        "2024-03-14",
        "14/03/2024",
        "Child protection medical report: injuries of different ages, not explained by the account given.",
        source="Paediatric report",
        agency="Paediatrics",
        action="Shared with police and children’s services.",
    ),
]
SCHOOL_EVENTS = [
    event(
        "2023-09-05",
        "5 Sep 2023",
        "Child 1 started in reception. Attendance in the first half-term 71 %.",
        source="Attendance register",
    ),
    event(
        "2023-10-20",
        "20/10/2023",
        "Class teacher noticed Child 1 hiding in the book corner when a parent shouted outside.",
        source="Concern form 3",
        people="Child 1, Teacher 1",
        child_seen="yes",
        action="Logged. DSL spoke to Mother.",
    ),
    event("2023-11", "November 2023", "Attendance fell to 58 %. Two letters home.", source="Attendance register"),
    event(
        "2024-02-02",
        "2/2/24",
        "Child 1 has a bruise on the right cheek, says “I fell off the sofa”.",
        time="09:15",
        time_as_written="9.15",
        source="Concern form 7",
        people="Child 1, Teacher 1, DSL",
        child_seen="yes",
        action="DSL telephoned SW2; message left.",
        comment="=SUM(A1:A9) typed into the comment box by mistake",
    ),
    event(
        "2024-02-02",
        "2/2/24",
        "No call back by the end of the day.",
        source="Concern form 7",
        time_as_written="end of day",
    ),
    event(
        "2024-03-11",
        "11/03/2024",
        "Child 1 absent. No reason given. Reference " + "X" * 90 + " in the system.",
        source="https://register.example/children/attendance/2024/03/11/absence-record-with-a-very-long-name",
    ),
    event("2024", "2024", "General worry about presentation: same clothes, tired.", source="Class teacher’s notebook"),
]


def chronology(agency: Agency, events: list[dict[str, Any]], name: str, **more: Any) -> Returned:
    """A chronology of these events as an agency sent it."""
    extra = {key: more.pop(key) for key in ("review", "findings", "unplaced") if key in more}
    record = full("chronology", case_reference=CASE.reference, agency=agency.name, events=events, **more)
    places = {}
    for index, row in enumerate(events):
        places[f"events[{index}].event"] = Stood(row["event"], f"table 2, row {index + 2}")
        places[f"events[{index}].date"] = Stood(row["date_as_written"] or "", f"table 2, row {index + 2}, column 1")
    return Returned(agency=agency, form="chronology", record=record, source=source(name), places=places, **extra)


def summary(agency: Agency, name: str, **more: Any) -> Returned:
    """An agency summary with these answers."""
    extra = {key: more.pop(key) for key in ("review", "findings", "unplaced", "places") if key in more}
    record = full("agency_summary", case_reference=CASE.reference, agency=agency.name, **more)
    return Returned(agency=agency, form="agency_summary", record=record, source=source(name), **extra)


QA = {"name": "Jo Sampleton", "role": "Sub-group representative", "date": "2024-03-22", "signed": "yes"}
ROBIN = {"name": "Robin Testerby", "date_of_birth": "2019-05-14"}

CHRONOLOGIES = (
    chronology(
        POLICE,
        POLICE_EVENTS,
        "police chronology.docx",
        author={"name": "DS Ada Placeholder", "role": "Review officer"},
        date_completed="2024-03-21",
        review_period="2022-09-01/2024-03-31",
        quality_assurance=QA,
        people_key=[
            {"code": "PC1", "name": "Officer 1", "role": "Response officer"},
            {"code": "DS1", "name": "Officer 2", "role": "Detective sergeant"},
        ],
        glossary=[
            {"term": "VCN", "meaning": "Vulnerable child notification"},
            {"term": "CIN", "meaning": "Crime investigation number"},
        ],
        findings=(
            Finding(
                "C041",
                Severity.WARNING,
                "events[4].event",
                "Row 5 repeats row 4.",
                "Ask the agency which of the two rows to keep.",
            ),
        ),
    ),
    chronology(
        CARE,
        CARE_EVENTS,
        "childrens services chronology v2.docx",
        author={"name": "Sam Exampleby", "role": "Service manager"},
        date_completed="2024-03-22",
        review_period="2022-09-01/2024-03-31",
        people_key=[
            {"code": "SW1", "name": "Pat Mockford", "role": "Social worker"},
            {"code": "SW2", "name": "Lee Dummett", "role": "Social worker"},
        ],
        glossary=[
            {"term": "CIN", "meaning": "Child in need"},
            {"term": "S47", "meaning": "Enquiry under section 47 of the Children Act 1989"},
        ],
        review=(
            ReviewItem(
                "events[8].date", "Two dates in one cell: 3 February 2024 and 2 March 2024.", "03/02/24 or 02/03/24"
            ),
        ),
    ),
    chronology(
        TRUST,
        TRUST_EVENTS,
        "trust composite chronology.pdf",
        author={"name": "Dr Kit Sampleton", "role": "Named doctor"},
        date_completed="2024-03-22",
        quality_assurance=QA,
        people_key=[
            {"code": "HV1", "name": "Chris Fictional", "role": "Health visitor"},
            {"code": "SW1", "name": "Alex Nobody", "role": "Hospital social worker"},
        ],
        glossary=[{"term": "ED", "meaning": "Emergency department"}, {"term": "HV", "meaning": "Health visitor"}],
        unplaced=(
            Unplaced("Note: outpatient letters before 2022 are on microfilm and were not searched.", "below table 2"),
        ),
    ),
    chronology(
        SCHOOL,
        SCHOOL_EVENTS,
        "school chronology.xlsx",
        author={"name": "Mo Testwell", "role": "Designated safeguarding lead"},
        glossary=[
            {"term": "DSL", "meaning": "Designated safeguarding lead"},
            {"term": "CIN", "meaning": "Child in Need"},
        ],
        review=(ReviewItem("events[3].child_seen", "Both boxes are marked.", "☒ Yes ☒ No"),),
    ),
)

SUMMARIES = (
    summary(
        POLICE,
        "police summary.docx",
        children=[ROBIN],
        author={
            "name": "DS Ada Placeholder",
            "role": "Review officer",
            "email": "ada.placeholder@nvpolice.example",
            "phone": "0161 496 0101",
        },
        author_independent="yes",
        date_requested="2024-03-15",
        date_due="2024-03-22",
        date_completed="2024-03-21",
        has_involvement="yes",
        period_of_involvement="2022-10-03/2024-03-13",
        summary_of_involvement="Five incidents were recorded at the home address in the period.\nNotifications were sent after the first two. No notification was sent after September 2023, when Mother reported threats.\n• The response to each incident was timely.\n• The incidents were not looked at together.",
        practice_strengths="Prompt attendance; the scene was secured at once on 12 March 2024.",
        areas_for_improvement="Repeat incidents at one address were not linked.",
        immediate_action="Reminder to all response teams on vulnerable child notifications.",
        single_agency_learning="yes",
        actions=[
            {
                "action": "Link repeat incidents by address on the incident system.",
                "lead": "Superintendent, public protection",
                "target_date": "2024-06",
                "status": "Started",
            }
        ],
        view_on_review=["local_review"],
        professionals=[{"name": "Officer 1", "role": "Response officer", "team": "North", "dates": "2022"}],
        chronology_attached="yes",
        quality_assurance=QA,
    ),
    summary(
        CARE,
        "childrens services summary.docx",
        children=[{**ROBIN, "legal_status": "Child in need"}],
        author={"name": "Sam Exampleby", "role": "Service manager", "email": "sam.exampleby@nvale.example"},
        date_completed="2024-03-22",
        has_involvement="yes",
        period_of_involvement="2022-10/..",
        background="Family of four in a two-bedroom flat; Father left the home in September 2023.",
        summary_of_involvement="The family was known from a single contact in October 2022 until the assessment of July 2023. A child in need plan was made. Visits fell away after the change of social worker in January 2024.",
        key_practice_episodes="1. The decision of 4 October 2022.\n2. The change of worker, January 2024.\n3. The bruise seen in February or March 2024.",
        voice_of_child="Child 1 said that he hides in the cupboard when there is shouting.",
        areas_for_improvement="No medical was arranged for the bruise. The school’s call was not returned.",
        questions_for_others="Trust: was the burn of 2 May 2023 discussed with a paediatrician?",
        view_on_review=["local_review", "other_learning"],
        glossary=[{"term": "CP", "meaning": "Child protection"}],
        findings=(
            Finding(
                "Q011",
                Severity.ERROR,
                "quality_assurance.signed",
                "The quality assurance box is not signed.",
                "Ask the agency’s sub-group representative to sign and return the form.",
            ),
            Finding(
                "D007",
                Severity.WARNING,
                "records_secured_date",
                "The form does not say when the records were secured.",
                "Ask the agency for the date.",
            ),
        ),
        review=(
            ReviewItem("date_due", "The date can be read as 3 February or 2 March.", "2/3"),
            ReviewItem("author_independent", "Yes and No are both marked.", "☒ Yes ☒ No"),
        ),
        places={"author_independent": Stood("☒ Yes ☒ No", "table 1, row 6", 1)},
        unplaced=(Unplaced("Please ring before circulating – SE", "margin of page 3"),),
    ),
    summary(
        TRUST,
        "trust summary.pdf",
        children=[{**ROBIN, "nhs_number": "9990000018"}],
        author={"name": "Dr Kit Sampleton", "role": "Named doctor", "email": "kit.sampleton@valehospitals.example"},
        date_completed="2024-03-22",
        has_involvement="yes",
        summary_of_involvement="Maternity, health visiting, emergency department and paediatrics were involved. The burn of 2 May 2023 was not seen by the safeguarding team.",
        practice_strengths="Thorough examination on 12 March 2024.",
        equality_and_context="Names in the record appear in three spellings (Łucja, Lucja, 露西).",
        quality_assurance=QA,
    ),
    summary(
        HOUSING,
        "housing nil return.docx",
        children=[ROBIN],
        author={"name": "Bo Makebelieve", "role": "Head of tenancies", "email": "bo.makebelieve@valeside.example"},
        date_completed="2024-03-19",
        has_involvement="no",
        records_searched="Tenancy system, repairs system and complaints log, searched by name, former names and address.",
        quality_assurance=QA,
    ),
)

REFERRAL = Returned(
    agency=POLICE,
    form="referral",
    source=source("referral.docx", day=date(2024, 3, 14)),
    record=full(
        "referral",
        date_of_referral="2024-03-14",
        referrer={
            "name": "DI Noor Placeholder",
            "role": "Detective inspector",
            "agency": POLICE.name,
            "email": "noor.placeholder@nvpolice.example",
            "phone": "0161 496 0100",
        },
        quality_assurance=QA,
        children=[
            {
                **ROBIN,
                "gender": "Male",
                "address": "1 Nowhere Close, Northern Vale",
                "legal_status": "Child in need",
                "open_to_social_care": "yes",
                "nhs_number": "9990000018",
                "school": SCHOOL.name,
            },
            {"name": "Wren Testerby", "date_of_birth": "2022-09-30", "gender": "Female", "open_to_social_care": "yes"},
        ],
        family=[
            {"name": "Ash Testerby", "relationship": "Mother"},
            {"name": "Ray Testerby", "relationship": "Father", "date_of_birth": "1994~"},
        ],
        agencies_involved=[
            {"agency": CARE.name, "role": "Social worker", "still_involved": "yes"},
            {"agency": SCHOOL.name, "still_involved": "yes"},
        ],
        incident_date="2024-03-12",
        incident_time="16:40/16:52",
        incident_location="Family home",
        incident_summary="Child 1, aged four, was taken to hospital unresponsive with bruising to the head. The account given by the adults does not explain the injuries.",
        criteria=["abuse_or_neglect", "child_seriously_harmed", "interagency_working"],
        criteria_rationale="Life-threatening injury to a child known to several agencies; concerns about how they worked together.",
        key_dates=[
            {"date": "2024-03-12", "time": "16:52", "event": "Ambulance called"},
            {"date": "2024-03-13", "event": "Strategy discussion"},
        ],
        immediate_concerns="yes",
        immediate_action="Child 2 is with her maternal grandmother under a written agreement.",
        parallel_processes=["criminal_investigation", "care_proceedings"],
        media_interest="not_known",
        family_aware="yes",
    ),
)
PLAN = Returned(
    agency=SCHOOL,
    form="action_plan",
    source=source("school action plan.docx"),
    record=full(
        "action_plan",
        review_title="Interim actions",
        agency=SCHOOL.name,
        date_of_plan="2024-03-25",
        actions=[
            {
                "number": "1",
                "recommendation": "Calls to social care that are not returned are escalated the same day.",
                "action": "Escalation sheet at every desk; DSL checks daily.",
                "lead": "Head teacher",
                "target_date": "2024-04-30",
                "target_date_as_written": "end April",
                "status": "amber",
            }
        ],
    ),
)

CONTENT = PackContent(
    partnership="Northern Vale Safeguarding Children Partnership",
    marking="OFFICIAL-SENSITIVE",
    case=CASE,
    edition=2,
    built_on=date(2024, 3, 28),
    meeting_on=date(2024, 4, 4),
    clocks=(
        Clock(
            name="Rapid review complete",
            anchor=date(2024, 3, 15),
            anchor_name="Notification sent",
            due=date(2024, 4, 9),
            note="15 working days, bank holidays of England left out",
        ),
        Clock(
            name="Agency summaries due", anchor=date(2024, 3, 15), anchor_name="Requests sent", due=date(2024, 3, 22)
        ),
        Clock(
            name="Serious incident notification",
            anchor=date(2024, 3, 12),
            anchor_name="Authority became aware",
            due=date(2024, 3, 19),
            met_on=date(2024, 3, 15),
            note="5 working days",
        ),
    ),
    asked=(
        Asked(
            agency=POLICE,
            form="agency_summary",
            state="returned",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 21),
            quality_assured=True,
        ),
        Asked(
            agency=POLICE,
            form="chronology",
            state="returned",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 21),
            quality_assured=True,
        ),
        Asked(
            agency=CARE,
            form="agency_summary",
            state="late",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 25),
            quality_assured=False,
        ),
        Asked(
            agency=CARE,
            form="chronology",
            state="returned",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 22),
            quality_assured=False,
        ),
        Asked(
            agency=TRUST,
            form="agency_summary",
            state="returned",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 22),
            quality_assured=True,
        ),
        Asked(
            agency=TRUST,
            form="chronology",
            state="returned",
            due_on=date(2024, 3, 26),
            first_due_on=date(2024, 3, 22),
            extension_reason="five services to collate",
            received_on=date(2024, 3, 25),
            quality_assured=True,
        ),
        Asked(
            agency=SCHOOL,
            form="agency_summary",
            state="extended",
            due_on=date(2024, 4, 2),
            first_due_on=date(2024, 3, 22),
            extension_reason="school holidays",
        ),
        Asked(
            agency=SCHOOL, form="chronology", state="returned", due_on=date(2024, 3, 22), received_on=date(2024, 3, 22)
        ),
        Asked(
            agency=HOUSING,
            form="agency_summary",
            state="nil",
            due_on=date(2024, 3, 22),
            received_on=date(2024, 3, 19),
            quality_assured=True,
        ),
        Asked(
            agency=PROBATION,
            form="agency_summary",
            state="outstanding",
            due_on=date(2024, 3, 22),
            note="Second reminder sent on 26 March 2024",
        ),
        Asked(agency=PROBATION, form="chronology", state="outstanding", due_on=date(2024, 3, 22)),
    ),
    returns=(REFERRAL, *SUMMARIES, *CHRONOLOGIES, PLAN),
    findings=(
        Finding(
            "X003",
            Severity.WARNING,
            "",
            "Children’s services and the trust give different sides for the head injury.",
            "Ask both agencies to check their records.",
        ),
    ),
)
