"""The message came from a mail domain that the directory does not give for this agency.

Looks at `extra["sender_domain"]` and the agency's `domains`; silent where either is not known.

Source: secure e-mail rules of NHS trusts.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.cases import Agency
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import EVERY_FORM, SUMMARY

CODE = "Q003"
TITLE = "Sender's mail domain is not one of the agency's"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the sender's domain is none of the agency's nor beneath one of them."""
    domain = str(checkable.extra.get("sender_domain", "")).lower().strip(".")
    agency = checkable.agency
    if not domain or agency is None or not agency.domains:
        return
    known = [name.lower().lstrip("@") for name in agency.domains]
    if not any(domain == name or domain.endswith(f".{name}") for name in known):
        yield Found(
            "",
            f"The message came from “{domain}”, which the directory does not list for {agency.name}.",
            "Confirm the sender with the agency by telephone, then add the domain to the directory or "
            "set the return aside.",
        )


_AGENCY = Agency(id="hospital", name="Fictional Hospital", domains=("hospital.example",))
PASS = (
    Example(form=SUMMARY, around={"agency": _AGENCY, "extra": {"sender_domain": "wards.hospital.example"}}),
    Example(form=SUMMARY, around={"agency": _AGENCY}),
)
FAIL = (
    Example(form=SUMMARY, around={"agency": _AGENCY, "extra": {"sender_domain": "freemail.example"}}),
    Example(form=SUMMARY, around={"agency": _AGENCY, "extra": {"sender_domain": "nothospital.example"}}),
)
