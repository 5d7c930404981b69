"""Fictional people, places and bodies, and the numbers that belong to them.

Everything is visibly made up: no such district exists, telephone numbers come from the drama range,
addresses end in `.example`, NHS numbers lie in the 999 range with a right check digit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

FORENAMES = (
    "Aamina Abel Ada Alasdair Amadi Anouk Anselm Aoife Arlo Astrid Azra Barnaby Beatrix Bilal Blessing Branwen "
    "Bronagh Caspian Chidi Clementine Corin Dafydd Dagny Delphine Demelza Desta Dilys Ebele Edmund Eilidh Elowen "
    "Emeka Esme Farah Ffion Fintan Florrie Gethin Ghazala Gwendolen Hamza Harriet Hester Ibrahim Idris Imani "
    "Ingrid Iolo Isolde Jaswinder Jemima Juno Kasia Kerensa Kwabena Lamar Leocadia Lowri Lucian Maeve Malachy "
    "Marek Merryn Mirela Nadia Nesta Niall Obinna Oisin Olwen Oona Orla Osric Padma Peregrine Perpetua Quentin "
    "Rafferty Rhiannon Rohini Rowan Sabiha Saoirse Selwyn Sorrel Taliesin Tamsin Teodor Thandiwe Ursula Vashti "
    "Wilfred Winifred Xanthe Yusuf Zainab Zebedee Zofia"
).split()

SURNAMES = (
    "Adebolade Applewhistle Ashgrovely Bexwithin Birkenthwaite Blackfennel Bramblecote Brindlemoor Castellow-Fry "
    "Chettlebank Copperwaite Cragmoreland Danjumari Dovesworth Dunnockson Eastlockley El-Tarabine Emberleigh "
    "Farthingdell Fennimoreau Frostwickham Galbraithe-Moss Gorsedale Greatorixon Hallowbeck Harkaway-Singh "
    "Hathersedge Hollinsclough Iverstoneham Jessamynde Kettlewright Kinderslowe Kowalenko-Bright Lanternby "
    "Larkhillier MacAodhanson Marshwigglam Mbekwerra Merrowdale Millthropp Netherwoode Nkemdirimson O'Brannock "
    "Oakapplebee Olaniyanu Oxenholmes Pellamontain Petherwynn Quillfeather Quorndonley Rahmatullahi Ravensclough "
    "Reedmacelby Rookhopeson Saltersgated Sandringhouse Shawcrosston Silverdaleigh Stiperston Swaledaley "
    "Tarnbrooker Thistlewoodard Threlkeldon Trevanniont Uldaleford Vanterpoole-Ash Venkataramany Wainstalker "
    "Wetherlamb Whinfellow Wychwoodall Yarrowbank Yealandson Zielinskaya"
).split(" ")

STREETS = (
    "Puddlers Row, Quince Avenue, Osier Lane, Tenterfield Court, Bobbin Street, Cuckoo Pen, Lapwing Rise, "
    "Wherry Road, Saltpan Terrace, Old Ropewalk, Hagg Wood Drive, Mill Leat Mews, Beacon Fold, Sexton's Yard"
).split(", ")

ETHNICITIES = (
    "White British, White English / Welsh / Scottish / Northern Irish, Black African, Pakistani, Any other mixed "
    "background, White and Black Caribbean, Bangladeshi, Gypsy or Irish Traveller, White - any other (Romanian), Indian"
).split(", ")

LANGUAGES = ("English", "English", "English and Urdu", "Romanian (interpreter needed)", "Welsh", "BSL", "Tigrinya")
RELIGIONS = ("None", "Christian", "Muslim", "Sikh", "Not recorded", "Roman Catholic", "Prefer not to say")

REGIONS = (
    ("Sallowmere", "SW", "Sallowmere Safeguarding Children Partnership", "SSCP"),
    ("Tarnbeckshire", "TB", "Tarnbeckshire Children's Safeguarding Partnership", "TCSP"),
    ("Isle of Corrie", "IC", "Isle of Corrie Safeguarding Partnership", "IOCSP"),
    ("Wexbourne", "WX", "Wexbourne Safeguarding Children Partners", "WSCP"),
    ("Upper Hamble and Fosse", "UF", "Upper Hamble and Fosse LSCP", "UHF"),
    ("Cinderley", "CD", "Cinderley Multi-Agency Safeguarding Arrangements", "CMASA"),
)

KINDS = (
    ("{r} Council Children and Families Service", "Team Manager, Assessment", "council"),
    ("{r} University Hospitals NHS Trust", "Named Nurse for Safeguarding Children", "uht-nhs"),
    ("{r} Police", "Detective Inspector, Vulnerability Unit", "police"),
    ("St Ebba's C of E Primary School, {r}", "Head Teacher / DSL", "stebbas"),
    ("{r} Community Healthcare (0-19 Service)", "Specialist Health Visitor", "ch-nhs"),
    ("{r} and District Integrated Care Board", "Designated Doctor", "icb-nhs"),
    ("Lodestar Housing ({r})", "Tenancy Sustainment Lead", "lodestar"),
    ("{r} Youth Justice Service", "Operational Manager", "yjs"),
)

STAFF = (
    "Social Worker, Health Visitor, Paediatric Registrar, Police Constable, Family Support Worker, Midwife, "
    "School Nurse, Learning Mentor, Housing Officer, Youth Justice Officer, GP, Ward Sister"
).split(", ")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body and the e-mail domain of its people."""

    name: str
    post: str
    domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works for an agency; `name` is as it would be typed."""

    name: str
    role: str
    agency: str
    email: str
    phone: str
    address: str


@dataclass(slots=True)
class Region:
    """One partnership's district, with agencies; hands out people that do not repeat."""

    rng: Random
    name: str
    postcode: str
    partnership: str
    short: str
    taken: set[str] = field(default_factory=set)

    @property
    def agencies(self) -> list[Agency]:
        slug = self.name.lower().replace(" ", "")
        return [Agency(n.format(r=self.name), post, f"{slug}-{d}.example") for n, post, d in KINDS]

    def fresh(self) -> tuple[str, str]:
        """A forename and a surname that nobody in this region has yet."""
        while True:
            pair = self.rng.choice(FORENAMES), self.rng.choice(SURNAMES)
            if pair[0] not in self.taken or (len(self.taken) > 80 and " ".join(pair) not in self.taken):
                self.taken |= {pair[0], " ".join(pair)}
                return pair

    def phone(self) -> str:
        digits = f"{self.rng.randrange(1000):03d}"
        return self.rng.choice((f"0161 496 0{digits}", f"(0161) 496 0{digits}", f"0161 4960{digits}"))

    def address(self) -> str:
        tail = f"{self.postcode}{self.rng.randrange(1, 19)} {self.rng.randrange(1, 9)}{self.rng.choice('ABDEGHJL')}X"
        return f"{self.rng.randrange(1, 160)} {self.rng.choice(STREETS)}, {self.name} {tail}"

    def person(self, agency: Agency | None = None) -> Person:
        first, last = self.fresh()
        body = agency or self.rng.choice(self.agencies)
        shape = self.rng.choice(("{f} {l}",) * 6 + ("Dr {f} {l}", "{L}, {f}", "Ms {f} {l}"))
        name = shape.format(f=first, l=last, L=last.upper())
        mail = f"{first}.{last}".lower().replace(" ", "").replace("'", "")
        return Person(name, body.post, body.name, f"{mail}@{body.domain}", self.phone(), self.address())


def region(rng: Random) -> Region:
    """A partnership's district, chosen by `rng`."""
    name, postcode, partnership, short = rng.choice(REGIONS)
    return Region(rng, name, postcode, partnership, short)


def nhs_number(rng: Random) -> str:
    """Ten digits beginning 999 whose last is the modulus-11 check digit."""
    while True:
        digits = "999" + f"{rng.randrange(1_000_000):06d}"
        check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(digits)) % 11
        if check != 10:
            return digits + str(check % 11)
