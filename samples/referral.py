"""The referral that opens the case, as the police complete our own form."""

from __future__ import annotations

from typing import Any

from samples.cast import BORN, CARE, CHILD, ETHNICITY, HOSPITAL, MOTHER, NHS_NUMBER, POLICE, SCHOOL, SURGERY

SENT = "2026-03-02"


def record() -> dict[str, Any]:
    """The referral in its plain shape."""
    return {
        "date_of_referral": SENT,
        "referrer": POLICE.author.person(POLICE.name) | {"address": "Example House, 1 Sample Street, Marlow Vale"},
        "safeguarding_lead": POLICE.checker.person(POLICE.name),
        "children": [_child()],
        "family": _family(),
        "agencies_involved": _agencies(),
        "incident_date": "2026-02-24",
        "incident_time": "18:40",
        "incident_location": "Family home, Marlow Vale",
        "incident_summary": (
            "On Tuesday 24 February 2026 at 18:40 the ambulance service asked for police at the family home. The child "
            "was unconscious at the foot of the cellar stairs with a serious head injury. The adults present were her "
            "mother and her mother's partner, and their accounts of the afternoon differ.\n"
            "The child was taken to hospital and had emergency surgery. Her injury was life-threatening; she is now "
            "stable. Doctors consider that a fall from the stairs alone does not explain all her injuries."
        ),
        "key_dates": [
            {"date": "2025-09-15", "event": "Police called to a domestic incident at the home; child present."},
            {"date": "2026-01-22", "event": "School reported a bruise to the child's cheek to social care."},
            {"date": "2026-02-24", "time": "18:40", "event": "Child found unconscious at home."},
        ],
        "criteria": ["abuse_or_neglect", "child_seriously_harmed", "life_threatening_injury"],
        "criteria_rationale": (
            "Abuse is suspected because the explanation given does not account for the injuries. The child was "
            "seriously harmed: the surgeon describes the head injury as life-threatening."
        ),
        "interagency_concerns": (
            "The school's report of January and the earlier domestic incident seem not to have been looked at together."
        ),
        "immediate_concerns": "yes",
        "immediate_action": (
            "The child remains in hospital. Her brother is with a grandparent under an agreement with social care. "
            "Bail conditions keep the mother's partner away from both children."
        ),
        "parallel_processes": ["criminal_investigation", "care_proceedings"],
        "media_interest": "no",
        "family_aware": "yes",
        "family_aware_details": "The officer in the case told the mother on 27 February 2026.",
        "learning_potential": "How agencies share and join up what each knows about domestic abuse and small injuries.",
        "work_undertaken": "Joint investigation with social care; scene examined; first accounts taken.",
        "signature": POLICE.author.signed(SENT),
        "quality_assurance": POLICE.checker.signed(SENT),
    }


def _child() -> dict[str, Any]:
    return {
        "name": CHILD,
        "date_of_birth": BORN,
        "gender": "Female",
        "ethnicity": ETHNICITY,
        "language": "English",
        "address": "12 Imaginary Row, Marlow Vale, MV1 9ZZ",
        "gp": SURGERY.name,
        "school": SCHOOL.name,
        "nhs_number": NHS_NUMBER,
        "legal_status": "Police protection on 24 February 2026, then accommodated under section 20",
        "child_protection_plan": "no",
        "open_to_social_care": "yes",
    }


def _family() -> list[dict[str, Any]]:
    return [
        {"name": MOTHER, "relationship": "Mother", "date_of_birth": "1996-05-02", "gender": "Female"},
        {
            "name": "Theo Placeholder",
            "relationship": "Mother's partner",
            "date_of_birth": "1992-10-19",
            "gender": "Male",
        },
        {"name": "Rowan Samplesdale", "relationship": "Brother", "date_of_birth": "2024-08-08", "gender": "Male"},
    ]


def _agencies() -> list[dict[str, Any]]:
    return [
        {
            "name": agency.author.name,
            "agency": agency.name,
            "role": agency.author.role,
            "contact": agency.author.email,
            "still_involved": "yes",
        }
        for agency in (CARE, HOSPITAL, SCHOOL)
    ]
