"""Who is in the story. Nobody exists: `.example` addresses, telephone numbers of 0161 496 0xxx, NHS numbers of 999."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PARTNERSHIP = "Marlow Vale Safeguarding Children Partnership"
COORDINATOR = "practice.reviews@mvscp.example"
REFERENCE = "MV-2026-001"
"""The reference that the demonstration's case gets: the first one of its year."""
CHILD = "Ivy Samplesdale"
BORN = "2021-06-17"
NHS_NUMBER = "9990004137"
OTHER_CHILD = "Jasper Fictionby"
"""The child of a return that was meant for another partnership."""
OTHER_BORN = "2018-11-03"
OTHER_NHS_NUMBER = "9990004145"
MOTHER = "Marina Samplesdale"
PERIOD = "2025-02-24/2026-02-24"
ETHNICITY = "White British"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff of an agency."""

    name: str
    role: str
    email: str
    phone: str

    def person(self, agency: str) -> dict[str, str]:
        """As a block of a form that asks for the agency too."""
        return {"name": self.name, "role": self.role, "agency": agency, "email": self.email, "phone": self.phone}

    def author(self) -> dict[str, str]:
        """As the author's block."""
        return {"name": self.name, "role": self.role, "email": self.email, "phone": self.phone}

    def signed(self, day: str) -> dict[str, str]:
        """As a signature of this day."""
        return {"name": self.name, "role": self.role, "date": day, "signed": "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """An agency of the directory with its author and its sub-group representative."""

    id: str
    name: str
    sector: str
    domain: str
    author: Staff
    checker: Staff
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    officer: str = "Chief Officer"

    def signatures(self, day: str) -> dict[str, Any]:
        """Author's and quality assurer's signature."""
        return {"signature": self.author.signed(day), "quality_assurance": self.checker.signed(day)}


def _staff(name: str, role: str, domain: str, number: int) -> Staff:
    return Staff(name, role, f"{name.lower().replace(' ', '.')}@{domain}", f"0161 496 0{number:03}")


def _cast(
    agency: tuple[str, str, str, str],
    author: tuple[str, str],
    checker: tuple[str, str],
    number: int,
    **more: Any,
) -> Cast:
    id_, name, sector, domain = agency
    return Cast(
        id=id_,
        name=name,
        sector=sector,
        domain=domain,
        author=_staff(*author, domain, number),
        checker=_staff(*checker, domain, number + 1),
        **more,
    )


POLICE = _cast(
    ("police", "Marlow Vale Police", "police", "marlowvale-police.example"),
    ("Avery Invented", "Detective Sergeant, Child Protection"),
    ("Jo Nonesuch", "Detective Chief Inspector, Public Protection"),
    210,
    aliases=("MVP", "Public Protection Unit"),
    former_names=("Marlow Vale Constabulary",),
    officer="Assistant Chief Constable",
)
CARE = _cast(
    ("social-care", "Marlow Vale Children's Social Care", "social_care", "marlowvale-council.example"),
    ("Sam Pretend", "Service Manager, Safeguarding"),
    ("Chris Madeup", "Head of Quality and Practice"),
    220,
    aliases=("Children's Social Care", "CSC"),
    officer="Director of Children's Services",
)
HOSPITAL = _cast(
    ("hospital-trust", "Marlow Vale Hospitals NHS Trust", "health", "mv-hospitals.example"),
    ("Dana Specimen", "Named Nurse for Safeguarding Children"),
    ("Lee Exemplar", "Associate Director of Safeguarding"),
    230,
    aliases=("Marlow Vale General Hospital",),
)
COMMUNITY = _cast(
    ("community-trust", "Fenbrook Community Health NHS Trust", "health", "fenbrook-community.example"),
    ("Toni Placeholder", "Specialist Nurse, Safeguarding"),
    ("Kim Notional", "Head of Safeguarding"),
    240,
    aliases=("Fenbrook Health Visiting Service",),
)
SURGERY = _cast(
    ("gp-surgery", "Larkfield Surgery", "health", "larkfield-surgery.example"),
    ("Morgan Testwell", "Practice Safeguarding Lead"),
    ("Alex Mockford", "Named GP for Safeguarding"),
    250,
    aliases=("Larkfield Medical Practice",),
    officer="Senior Partner",
)
SCHOOL = _cast(
    ("school", "Orchard Lane Primary School", "education", "orchardlane.example"),
    ("Billie Dummett", "Designated Safeguarding Lead"),
    ("Frankie Makepiece", "Headteacher"),
    260,
    officer="Chair of Governors",
)
PROBATION = _cast(
    ("probation", "Marlow Vale Probation Delivery Unit", "probation", "mv-probation.example"),
    ("Robin Unreal", "Senior Probation Officer"),
    ("Pat Imaginary", "Deputy Head of Unit"),
    270,
    aliases=("Probation Service",),
    officer="Head of Unit",
)
HOUSING = _cast(
    ("housing", "Willowbank Homes", "housing", "willowbank-homes.example"),
    ("Ashley Fabricant", "Neighbourhood Manager"),
    ("Drew Contrived", "Head of Tenancy Services"),
    280,
    former_names=("Marlow Vale Borough Housing",),
    officer="Chief Executive",
)
AGENCIES = (POLICE, CARE, HOSPITAL, COMMUNITY, SURGERY, SCHOOL, PROBATION, HOUSING)
ASKED = AGENCIES[1:]
