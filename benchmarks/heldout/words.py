"""Sentences of the kind practitioners write, by the field they belong to.

`{c}` is the child's first name, `{m}` the mother's, `{s}` a school, `{d}` a date as typed, `{w}` a worker's name.
Some hold traps on purpose: an opening Yes or No, a label's own words inside an answer, brackets, slashes, quotes.
"""

# ruff: noqa: E501 - a sentence of the bank is a line

from __future__ import annotations

from random import Random

BANK: dict[str, str] = {
    "incident_summary": """{c} was found unresponsive by {m} shortly after 6.15am on {d} and was taken by ambulance to the children's emergency department.
The skeletal survey (reported {d}) showed three healing fractures of different ages; the parents' accounts have changed twice.
{m} told the crew: "I only left the room for two minutes / to fetch a bottle."
Police attended at 22:40hrs and both adults were arrested; they have since been released under investigation.
{c} remains on the ward. Medical opinion is that the injuries are unlikely to have been caused by a fall.
No third party is thought to have been in the property at the time.
A neighbour had rung the non-emergency line the evening before (see log 417) about raised voices.""",
    "criteria_rationale": """The group's view is that abuse or neglect is suspected and that the harm to {c} was serious.
No single agency held the whole picture, and two referrals were closed without a visit.
There is a pattern - missed appointments, late presentations, an unseen male carer - that fits the guidance.
In our view the threshold in Working Together (chapter 5) is met; our legal adviser agreed on {d}.
Yes, there was earlier involvement, but it was brief and did not consider risk from the extended family.""",
    "interagency_concerns": """Information about the father's history did not reach the midwife until after the birth.
The strategy discussion was held without Health, and the minutes were sent out nine days late.
{s} escalated twice; no reply was received until {d}.
No concerns were raised by housing, although the officer had noted "kids alone again" on the system.""",
    "immediate_action": """{c} has been placed with a maternal aunt under a viability assessment and contact is supervised.
All open cases held by the team have been looked at by {w}, and two were stepped up.
A safety plan was agreed at 4.30pm on {d} (copy with the duty manager).
Locks have been changed and the school has a password for collection.""",
    "learning_potential": """How agencies see (or do not see) men who come and go from the household.
Whether professional curiosity was overtaken by optimism once {m} engaged well.
What the bruising pathway asks of staff who are not clinicians, e.g. nursery and housing.
There may be national learning about digital platforms and online-only support.""",
    "work_undertaken": """Early help assessment opened in spring and closed after six weeks with "needs met".
Four home contacts by the 0-19 team; {c} was seen on three of them.
{w} completed a parenting programme with {m}, ending on {d}.
Joint visit with police on {d}: no role for the force identified.""",
    "family_aware_details": """{m} was told in person by {w} on {d} and was given the leaflet.
The father has not yet been told because of the criminal investigation; the officer in the case will advise.
Both parents have said they would like to speak to whoever writes the report.""",
    "background": """The family moved into the area in 2019 from another authority and was known to several services.
{c} is the second of three children; there is a history of low mood and of alcohol use by one adult.
{s} had raised attendance (71%) with the parents on four occasions.
Name of school: {s}. Name of worker at the time: {w}. Both are referred to below.
{c} was subject of a child in need plan between two periods of early help.""",
    "what_worked_well": """The same four people came to every meeting, so {m} did not have to tell the story again.
Health and housing shared one plan, written in plain words and kept on the fridge.
Challenge was welcomed: when {w} disagreed with the plan to close, a meeting was held the next day.
No appointment was ever cancelled without a call, which {m} said "made all the difference".""",
    "how_achieved": """A lead professional was agreed at the first meeting and stayed the same throughout.
Managers freed two hours a week for joint visits / joint supervision.
Records were read before each contact, not after it.
The group used a simple scale (0-10) with {c} to see what had changed.""",
    "outcome_for_child": """{c} is back in full-time education (96% since {d}) and has joined a football team.
The plan ended without a return to statutory services, and the order was discharged.
{c} sleeps through the night and has put on weight.
{m} has a tenancy in her own name and is in work.""",
    "evidence_of_outcome": """Attendance data; strengths and difficulties questionnaire, before and after; the worker's direct work.
The independent reviewing officer's report of {d} says the change "has been sustained".
Feedback forms from {m} and from {c} are on file.""",
    "learning_to_share": """Keep the team around the family small and do not change it.
Ask the child each time what is better and what is worse; write the words down.
A ten-minute call between two workers often does more than a form.
Share the risk: no one held this alone.""",
    "family_views": """{m} says: "You did what you said you would do, when you said it."
{c} drew a picture of the house with the door open.
The grandparents would have liked to be asked earlier.""",
    "records_searched": """Electronic case file; paper file (two volumes); supervision notes; duty log; e-mail archive of the allocated worker.
CAD logs, intelligence, custody and crime records for both addresses.
Hospital notes, maternity record, safeguarding database / flags.""",
    "summary_of_involvement": """Our service first heard of the family on {d}, when a referral came from {s}.
Between then and the incident there were 14 contacts, nine of them face to face.
{c} was seen alone twice; on the other visits an adult was in the room.
The worker ({w}) recorded that the home was "cold but tidy" and that there was food in.
A referral to the hub at 16:05 on {d} was not followed by a reply and was not chased.
No further contact took place in the eight weeks before the incident.
On {d} the case was closed because "{m} is engaging".
Role of the father: not known to this service until the strategy meeting.""",
    "key_practice_episodes": """Episode 1 - the missed eight-week review: three letters were sent to an old address.
Episode 2 - the visit of {d}: the worker saw a mark on the cheek, accepted the explanation and did not seek advice.
Episode 3 - step-down: the decision was made in the absence of the health visitor.
Taken together these show how a reasonable decision was built on an incomplete picture.""",
    "voice_of_child": """{c} told {w} that weekends are "too loud".
Direct work was done with the three houses tool, but only once and with {m} present.
There is little in the record about what a day was like for {c}.
Yes and no answers were recorded in place of what {c} actually said.""",
    "equality_and_context": """The family's first language was not asked about until the third contact.
Poverty, overcrowding and the loss of a car all made appointments harder to keep.
{c}'s identity as a young carer was seen, but its meaning was not explored.""",
    "practice_strengths": """Handover between day and night staff was detailed.
{w} kept trying after the first refusals and was let in on the fourth attempt.
Supervision was regular and reflective.""",
    "areas_for_improvement": """Escalation was by e-mail only and was not recorded on the child's file.
Fathers' details were left blank in 5 of 6 assessments.
The chronology was not kept up to date after {d}.
Thresholds were discussed but the rationale was not written down.""",
    "contextual_factors": """The team had three vacancies out of nine and a manager on long-term leave.
A new recording system went live in the same month (training was online only).
Demand rose by a fifth after a neighbouring service closed.""",
    "single_agency_learning_details": """A round-table was held on {d}; the note is attached.
Bulletin 12 covers mobile and non-mobile babies / bruising.
An after-action review led by {w} found three points, all now in the team plan.""",
    "other_agencies": """The mosque's youth club; a private nursery outside the area; the probation service.
Possibly an out-of-area CAMHS team (name of agency not known to us).""",
    "questions_for_others": """Did the practice know that {c} had missed the clinic?
Who told {s} about the change of address, and when?
Was a referral made to adult mental health after {d}?""",
    "other_children": """A cousin (aged 4, known to the service) stays at the address most weekends.
Two younger half-siblings live with their father and were seen on {d}; no worries were noted.""",
    "child_protection_details": """Category: neglect; from 3 May 2021 for eleven months.
Emotional abuse - plan began {d}, still in force.""",
    "comments": """The panel thanked the agency and asked for a further sample in the spring.
Evidence for the second point was thin (one set of minutes); the rest was convincing.
We would like to hear from front-line staff as well as from managers.""",
    "incident_location": """The home address (first-floor bedroom)
A car park behind the leisure centre
Supported accommodation, flat 4""",
    "disability": """None known
Epilepsy (under investigation)
Autism; EHC plan in place
Not recorded""",
    "legal_status": """None
Section 20 accommodated
Interim care order
Child in need (s17)""",
    "linked_cases": """None known
Sibling notified in 2021 - ref LN/21/09
See also the domestic abuse review for the mother""",
}

EVENTS = """Home visit by {w}. {m} opened the door but would not let the worker in. {c} heard in the background.
Telephone call from {s}: {c} absent for third day, no reason given.
Attended A&E with a burn to the left hand; said to be from an iron. Discharged with advice.
Strategy discussion held. Decision: single agency enquiry. No medical requested.
Did not attend the clinic (second time). Letter sent to {m}.
Anonymous report that "the children are out at all hours". Logged, no further action.
{c} said in class that dad was "back and sleeping on the sofa". Told to the safeguarding lead at 11.20.
Core group. Yes to rehousing; no date given. Plan to continue / review in six weeks.
Officers called to an argument between the adults. No offences. Children asleep upstairs.
Developmental check: within normal limits. Bruise to shin seen, explained by a fall.
Supervision: {w} asked to see the bedroom at the next visit (by 12 May).
Referral from midwife about low mood and missed appointments; accepted for early help.
Review conference - unanimous decision to end the plan.
Contact with the housing officer. Arrears of £1,140; notice seeking possession served.
{c} seen at school, happy and talkative; lunch provided. Spoke about a new puppy.""".split("\n")

SOURCES = "Case notes|Liquidlogic|Duty log p.14|SystmOne|Hospital record|CPOMS|Crime report 88/417|E-mail|Supervision file|HV diary".split(
    "|"
)
OUTCOMES = """Advice given and recorded
No action needed
Referral made to the hub, copied to {s}
Manager told; visit brought forward
Letter sent. Not answered
Discussed in supervision; to be reviewed""".split("\n")
IMPACTS = """Negative - {c} left without breakfast
Positive: routine returning
Unclear from the record
{c} missed two days of school""".split("\n")
COMMENTS = """Good practice
Policy required a call the same day
Opportunity missed to see {c} alone
No evidence of management oversight""".split("\n")

RECOMMENDATIONS = """All partners should be able to show that the voice of the child is heard and recorded at each contact.
The pathway for bruising in babies who are not mobile is to be relaunched and its use tested.
Fathers and other men in the home must be named in assessments / plans.
Partners should agree what happens when a child is not brought to three appointments in a row.
Escalation: staff need to know how to use it and feel safe to do so.""".split("\n")
ACTIONS = """Write a one-page guide with practitioners and publish it
Run six lunchtime sessions (two online) for front-line teams
Audit 25 files from each agency in two rounds
Change the electronic form so that the field cannot be skipped
Add the question to the supervision template
Meet head teachers to agree a shared script""".split("\n")
PROGRESS = """Guide agreed by the group; design under way.
Two of six sessions held, 64 people came.
Complete: form changed and live since the summer.
No progress yet. The lead has left and a new one is being found.
First round done; results were mixed (61%).""".split("\n")
EVIDENCE = """Audit report and minutes of the learning group
Training register (83%) and evaluation forms
Screenshots of the new form; dip sample of 20
Supervision records""".split("\n")
MILESTONES = """Draft by May; consult in June; publish in July
Tool agreed - files chosen - report to board
Sessions booked""".split("\n")
EMBEDDED = """In the induction pack and on the intranet
Asked about in each supervision
Part of the yearly training plan""".split("\n")
PLAN_IMPACTS = """Children's words are now quoted in reports
Earlier referral of bruises
Too soon to tell""".split("\n")
TESTED = """Dip sample of 20 files
Staff survey (n=112)
Observation of three meetings""".split("\n")
BARRIERS = """Turnover in the duty team
IT supplier's delay
None""".split("\n")
FURTHER = """Second set of sessions in the new year
Repeat the audit with the hospital""".split("\n")

LETTER = (
    "Please find our return below, with apologies that it is two days late because of the bank holiday.",
    "I should be grateful if the panel would note that the hospital file is still with the coroner's officer.",
    "You may want to speak to the night-shift lead as well, who knows the family better than I do.",
)
MAILS = (
    "Thanks for this - can you confirm that the older sister was out of the house that evening?",
    "She was at a friend's until about nine, we think, though nobody wrote it down.",
)
ASIDES = (
    "Sticky note on file says the aunt rang twice that week.",
    "I was not able to open the scanned volume, so pages 80 to 112 have not been read.",
    "The GP's letter came in after this form was written and says much the same.",
    "Please ring before visiting because there is a dog.",
    "Interpreter's invoice shows a visit that is not in our notes.",
)
GLOSSARY = (
    ("CIN", "Child in need"),
    ("DNA", "Did not attend"),
    ("ICPC", "Initial child protection conference"),
    ("NAI", "Non-accidental injury"),
    ("VAWG", "Violence against women and girls"),
    ("S47", "Enquiry under section 47 of the Children Act 1989"),
)


def pick(rng: Random, field: str, count: int) -> list[str]:
    """Up to `count` different sentences of a field, in the bank's order."""
    lines = BANK[field].split("\n")
    chosen = set(rng.sample(range(len(lines)), min(count, len(lines))))
    return [line for i, line in enumerate(lines) if i in chosen]
