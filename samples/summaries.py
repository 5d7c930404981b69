"""What the agencies write in their summaries, in the record's plain shape."""

from __future__ import annotations

from typing import Any

from samples.cast import (
    BORN,
    CARE,
    CHILD,
    COMMUNITY,
    ETHNICITY,
    HOSPITAL,
    NHS_NUMBER,
    OTHER_BORN,
    OTHER_CHILD,
    OTHER_NHS_NUMBER,
    PERIOD,
    PROBATION,
    REFERENCE,
    SCHOOL,
    Cast,
)


def school() -> dict[str, Any]:
    """Complete, on our own form as a Word file."""
    return _head(SCHOOL, "2026-03-04") | {
        "period_of_involvement": "2025-09-03/2026-02-24",
        "records_secured_date": "2026-03-03",
        "records_searched": "Safeguarding file; attendance register; nurture group notes.",
        "background": "Joined the reception class in September 2025. No additional needs recorded. Attendance 88%.",
        "summary_of_involvement": (
            "Staff saw the child on every school day that she attended. On 22 January 2026 a bruise to her cheek was "
            "seen and reported to social care the same day. After that the class teacher kept a daily note.\n"
            "She was absent on 23 and 24 February 2026; the school's calls home were not answered."
        ),
        "key_practice_episodes": (
            "22 January 2026: the bruise was recorded and reported within the hour. The answer from social care came "
            "eight days later, and the school did not ask again in between."
        ),
        "voice_of_child": "She told her teacher that she likes mornings best because it is quiet and there is toast.",
        "equality_and_context": "White British family on a low income; free school meals were in place.",
        "practice_strengths": "The bruise was noticed, recorded and reported without delay.",
        "areas_for_improvement": "Absence of a child about whom there is a worry should lead to a visit on day one.",
        "contextual_factors": "The attendance officer's post had been vacant since December 2025.",
        "immediate_action": "All open worries were gone through with the headteacher on 25 February 2026.",
        "single_agency_learning": "yes",
        "single_agency_learning_details": "First-day visits for children with an open worry.",
        "actions": [
            {
                "action": "Write first-day visits into the attendance procedure",
                "lead": SCHOOL.checker.name,
                "target_date": "2026-04-17",
                "status": "Drafted",
            }
        ],
        "other_agencies": "Marlow Vale Children's Social Care; Larkfield Surgery.",
        "questions_for_others": "What happened with our report between 22 and 30 January 2026?",
        "other_children": "A younger brother who is not of school age.",
        "view_on_review": ["local_review"],
        "professionals": [
            {
                "name": "Casey Fabled",
                "role": "Class teacher",
                "team": "Reception",
                "dates": "September 2025 to February 2026",
            },
        ],
        "chronology_attached": "yes",
    }


def hospital(*, corrected: bool) -> dict[str, Any]:
    """Complete, as a PDF; the second version corrects the day and the number of the visits."""
    visits = (
        "Two visits before the incident. On 11 November 2025 she was brought with a cut above the eye, and on "
        "3 December 2025 with a sprained wrist. Each time one parent gave an account that fitted the injury."
        if corrected
        else "One visit before the incident. On 12 November 2025 she was brought with a cut above the eye, and the "
        "account given by a parent fitted the injury."
    )
    return _head(HOSPITAL, "2026-03-10" if corrected else "2026-03-05") | {
        "period_of_involvement": "2025-11-11/2026-03-05" if corrected else "2025-11-12/2026-03-05",
        "records_secured_date": "2026-03-02",
        "records_searched": "Emergency department records; ward notes; imaging; safeguarding database.",
        "background": "Born at this hospital at term. No long-term condition.",
        "summary_of_involvement": (
            f"{visits}\nOn 24 February 2026 she arrived by ambulance with a life-threatening head injury, was operated "
            "on the same night and has been on the ward since."
        ),
        "key_practice_episodes": (
            "24 February 2026: the team asked early for a second opinion on the cause of the injuries and informed "
            "police and social care before midnight."
        ),
        "voice_of_child": "On the ward she asks for her brother, and for the light to stay on.",
        "equality_and_context": "No interpreter needed. The family has no car; travel to hospital is hard for them.",
        "practice_strengths": "A clear plan on the night, with one consultant in charge.",
        "areas_for_improvement": "The flag for repeated attendances of young children was not switched on.",
        "immediate_action": "The flag was switched on for all children under five on 2 March 2026.",
        "single_agency_learning": "no",
        "other_agencies": "Ambulance service.",
        "view_on_review": ["local_review"],
        "chronology_attached": "yes",
    }


def social_care() -> dict[str, Any]:
    """Complete, on our own form; it comes a second time, after the copy with a password could not be opened."""
    return _head(CARE, "2026-03-09") | {
        "period_of_involvement": "2025-09-16/2026-02-24",
        "records_secured_date": "2026-03-03",
        "records_searched": "Electronic social care record; contact and referral log; supervision notes.",
        "background": "Two contacts in the period. No child protection plan at any time.",
        "summary_of_involvement": (
            "16 September 2025: police told us of a domestic incident at the home; advice was given and the contact "
            "was closed.\n22 January 2026: the school reported a bruise. A social worker was allocated on 30 January "
            "and visited on 6 February. The assessment was open on the day of the incident."
        ),
        "key_practice_episodes": (
            "22 to 30 January 2026: the report waited eight days for a decision. The manager who would have made it "
            "was on leave and nobody stood in. The contact of September was not read again with it."
        ),
        "voice_of_child": "Seen once, at home and with her mother in the room. She showed her drawings, said little.",
        "equality_and_context": "Poverty and cramped housing were noted and not explored.",
        "practice_strengths": "The social worker saw every room of the home on the first visit.",
        "areas_for_improvement": "Decisions on new contacts within one working day, also in holidays.",
        "contextual_factors": "Three vacancies in a team of nine; contacts were a third above the year before.",
        "immediate_action": "A deputy decides on contacts whenever the manager is away, since 2 March 2026.",
        "single_agency_learning": "yes",
        "single_agency_learning_details": "Cover for decisions on contacts.",
        "actions": [
            {
                "action": "Put the rota of deputies into the operating procedure",
                "lead": CARE.author.name,
                "target_date": "2026-03-31",
                "status": "Under way",
            }
        ],
        "other_agencies": "Willowbank Homes, the family's landlord.",
        "other_children": "Rowan, born 2024, brother; now with a grandparent.",
        "view_on_review": ["local_review"],
        "chronology_attached": "yes",
    }


def probation() -> dict[str, Any]:
    """A nil return: a complete answer."""
    return _head(PROBATION, "2026-03-04") | {
        "has_involvement": "no",
        "records_searched": "National case management system, searched by name and date of birth for the whole family.",
    }


def community() -> dict[str, Any]:
    """Complete, on our own form, about the child of the case: sent after the other child's was set apart."""
    return _head(COMMUNITY, "2026-03-12") | {
        "period_of_involvement": "2021-06-28/2026-01-09",
        "records_secured_date": "2026-03-03",
        "records_searched": "Health visiting record of the child and of her brother; telephone notes.",
        "background": "Known to health visiting from birth. Last reviewed herself at the age of two and a half.",
        "summary_of_involvement": (
            "Contact in the period was for the brother's reviews; the child was seen once, in March 2025, at play in "
            "the room. In October 2025 her mother said that her partner had moved in during the summer."
        ),
        "key_practice_episodes": (
            "7 October 2025: a new adult in the home was written down and not followed by a new assessment of need."
        ),
        "voice_of_child": "She talked freely to the health visitor in March 2025. Nobody asked her after that.",
        "equality_and_context": "White British family on a low income; appointments by text suited them best.",
        "practice_strengths": "Text reminders brought the family back to the third appointment.",
        "areas_for_improvement": "A change in who lives in the home should lead to a fresh look at every child in it.",
        "immediate_action": "Health visitors were reminded on 5 March 2026 to record every adult in the home.",
        "single_agency_learning": "no",
        "other_agencies": "Larkfield Surgery.",
        "other_children": "A younger brother, born in 2024.",
        "view_on_review": ["local_review"],
        "chronology_attached": "yes",
    }


def another_child() -> dict[str, Any]:
    """Sound in itself, and about a child of no case here."""
    answers = _head(COMMUNITY, "2026-03-06")
    answers["children"] = [
        {
            "name": OTHER_CHILD,
            "date_of_birth": OTHER_BORN,
            "gender": "Male",
            "ethnicity": ETHNICITY,
            "nhs_number": OTHER_NHS_NUMBER,
        }
    ]
    return answers | {
        "period_of_involvement": "2024-05-01/2026-01-31",
        "records_secured_date": "2026-03-03",
        "records_searched": "School nursing record.",
        "summary_of_involvement": "School nursing contacts for hearing tests and one referral to continence services.",
        "key_practice_episodes": "None that stand out.",
        "voice_of_child": "He told the nurse about his football team.",
        "equality_and_context": "None noted.",
        "practice_strengths": "Appointments were kept.",
        "areas_for_improvement": "None found.",
        "single_agency_learning": "no",
        "view_on_review": ["no_further_action"],
        "chronology_attached": "no",
    }


def _head(agency: Cast, day: str) -> dict[str, Any]:
    return {
        "case_reference": REFERENCE,
        "children": [
            {"name": CHILD, "date_of_birth": BORN, "gender": "Female", "ethnicity": ETHNICITY, "nhs_number": NHS_NUMBER}
        ],
        "agency": agency.name,
        "author": agency.author.author(),
        "author_independent": "yes",
        "date_requested": "2026-03-02",
        "date_due": "2026-03-12",
        "date_completed": day,
        "review_period": PERIOD,
        "has_involvement": "yes",
        **agency.signatures(day),
    }
