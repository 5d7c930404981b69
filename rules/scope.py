"""Which forms a rule applies to, in the letters of the field's own table (R, G, S, C, A, V), and whom it speaks to."""

from __future__ import annotations

from typing import Literal

REFERRAL = "referral"
GOOD_OUTCOME = "good_outcome_referral"
SUMMARY = "agency_summary"
CHRONOLOGY = "chronology"
PLAN = "action_plan"
VERIFICATION = "action_plan_verification"

REFERRALS = (REFERRAL, GOOD_OUTCOME)
SIGNED_FORMS = (REFERRAL, GOOD_OUTCOME, SUMMARY)
EVERY_FORM = (REFERRAL, GOOD_OUTCOME, SUMMARY, CHRONOLOGY, PLAN, VERIFICATION)

Audience = Literal["agency", "office"]
"""`agency`: the agency can put it right, so it may stand in a query letter. `office`: for the coordinator only."""
