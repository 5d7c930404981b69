"""The agency directory: who is who, by name, former name, alias and e-mail domain; read from TOML and checked.

An exact name (also a former one or an alias) says which agency is meant. A near one never does: it is offered to a
person.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from mailbox_config.loading import read_toml, unknown_key_error
from mailbox_config.names import core, plain
from records.cases import Agency, Contact, ContactRole
from records.errors import Misconfigured

NEAR = 82
"""From this similarity (of 100) on, a name is offered to a person as a candidate."""
SHARED_DOMAINS = frozenset(
    {
        "nhs.net", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "yahoo.com",
        "yahoo.co.uk", "icloud.com", "live.co.uk", "btinternet.com", "aol.com", "cjsm.net",
    }
)  # fmt: skip
"""Domains that many organisations share: they never say which agency wrote."""
SECURE_SUFFIX = ".cjsm.net"
"""What criminal justice secure mail adds to an address: force.example becomes force.example.cjsm.net."""
_ADDRESS = re.compile(r"[^@\s,;<>]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)\Z")
_LADDER: tuple[ContactRole, ...] = ("author", "sub_group_representative", "safeguarding_lead", "chief_officer")


@dataclass(frozen=True, slots=True)
class Near:
    """An agency whose name is close to what was written: a candidate for a person, never an answer."""

    agency: Agency
    name: str
    likeness: int


@dataclass(frozen=True)
class Directory:
    """The agencies, in the order of the file."""

    agencies: tuple[Agency, ...]

    def get(self, agency_id: str | None) -> Agency | None:
        """The agency with this id; None when there is none."""
        return next((agency for agency in self.agencies if agency.id == agency_id), None)

    def by_domain(self, address: str) -> Agency | None:
        """The agency whose domain (or a domain above it) an address has; None when none, shared, or no address."""
        match = _ADDRESS.match(address.strip())
        if not match:
            return None
        labels = match.group(1).lower().removesuffix(SECURE_SUFFIX).split(".")
        for start in range(len(labels) - 1):
            domain = ".".join(labels[start:])
            for agency in self.agencies:
                if domain in agency.domains:
                    return agency
        return None

    def by_contact(self, address: str) -> Agency | None:
        """The agency that names exactly this address as a contact; None when none or more than one does."""
        wanted = address.strip().lower()
        found = [agency for agency in self.agencies if any(c.email.lower() == wanted for c in agency.contacts)]
        return found[0] if len(found) == 1 else None

    def by_sender(self, address: str) -> Agency | None:
        """The agency behind a sender: by a contact's own address first, by its domain second."""
        return self.by_contact(address) or self.by_domain(address)

    def by_name(self, text: str) -> Agency | None:
        """The one agency with this name, former name or alias (case, punctuation and little words apart)."""
        for shape in (plain, core):
            wanted = shape(text)
            found = [a for a in self.agencies if wanted and wanted in {shape(name) for name in all_names(a)}]
            if len(found) == 1:
                return found[0]
        return None

    def near_names(self, text: str, limit: int = 3) -> tuple[Near, ...]:
        """The agencies whose name is close to the text, best first."""
        names = [(agency, name) for agency in self.agencies for name in all_names(agency)]
        scored = process.extract(
            core(text), [core(name) for _, name in names], scorer=fuzz.token_set_ratio, limit=None, score_cutoff=NEAR
        )
        best: dict[str, Near] = {}
        for _, score, index in scored:
            agency, name = names[index]
            if agency.id not in best:
                best[agency.id] = Near(agency, name, int(score))
        return tuple(sorted(best.values(), key=lambda near: (-near.likeness, near.agency.id))[:limit])


def all_names(agency: Agency) -> tuple[str, ...]:
    """Every name the agency goes by: today's, former ones, aliases."""
    return (agency.name, *agency.former_names, *agency.aliases)


def contact_for(agency: Agency, role: ContactRole) -> Contact | None:
    """The contact in this role; without one, the next one up the ladder, then the next one down; None without any."""
    place = _LADDER.index(role)
    for candidate in (*_LADDER[place:], *reversed(_LADDER[:place])):
        contact = agency.contact(candidate)
        if contact is not None:
            return contact
    return None


def load_directory(path: Path) -> Directory:
    """The directory in this file; Misconfigured lists everything that is wrong with it."""
    data = read_toml(path, what="agency directory")
    for key in data:
        if key != "agency":
            raise unknown_key_error(path, key, "agency")
    items = data.get("agency", [])
    if not isinstance(items, list) or not items:
        raise Misconfigured(f"{path} names no agency.", hint="Add a part [[agency]] for each; the example shows how.")
    directory = Directory(tuple(_agency(item, number, path) for number, item in enumerate(items, start=1)))
    problems = list(directory_problems(directory))
    if problems:
        raise Misconfigured(f"{path} is not right: {' '.join(problems)}", hint="Correct the directory and start again.")
    return directory


def directory_problems(directory: Directory) -> Iterator[str]:
    """What is wrong with a directory, one sentence each."""
    yield from _doubles("id", [(agency, agency.id) for agency in directory.agencies])
    yield from _doubles("domain", [(agency, domain) for agency in directory.agencies for domain in agency.domains])
    yield from _doubles("name", [(a, n) for a in directory.agencies for n in sorted({*map(plain, all_names(a))})])
    for agency in directory.agencies:
        if not agency.contacts:
            yield f"“{agency.id}” has no contact: nobody could be written to."
        for domain in agency.domains:
            if domain in SHARED_DOMAINS:
                yield f"“{agency.id}” lists the domain {domain}, which many organisations share."
            elif domain != domain.lower() or "@" in domain or "." not in domain:
                yield f"“{agency.id}” has the domain “{domain}”: write it like “example.org”, in small letters."
        for contact in agency.contacts:
            if not _ADDRESS.match(contact.email):
                yield f"“{agency.id}” has a contact ({contact.role}) whose e-mail is not an address."
        roles = [contact.role for contact in agency.contacts]
        for role in sorted({role for role in roles if roles.count(role) > 1}):
            yield f"“{agency.id}” has more than one {role}: keep one."


def _doubles(what: str, pairs: list[tuple[Agency, str]]) -> Iterator[str]:
    owners: dict[str, list[str]] = {}
    for agency, value in pairs:
        owners.setdefault(value, []).append(agency.id)
    for value, ids in owners.items():
        if len(ids) > 1:
            yield f"The {what} “{value}” belongs to more than one agency ({', '.join(ids)})."


def _agency(item: Any, number: int, path: Path) -> Agency:
    where = f"agency[{number}]"
    if not isinstance(item, Mapping):
        raise Misconfigured(f"{path}: {where} is not a table.", hint="Write it as [[agency]].")
    _refuse_unknown(item, list(Agency.model_fields), f"{where}.", path)
    for index, contact in enumerate(item.get("contacts", []), start=1):
        if isinstance(contact, Mapping):
            _refuse_unknown(contact, list(Contact.model_fields), f"{where}.contacts[{index}].", path)
    try:
        return Agency.model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(
            f"{path}: “{where}.{key}” is not right: {first['msg']}.", hint="The example file shows how."
        ) from None


def _refuse_unknown(item: Mapping[str, Any], known: list[str], prefix: str, path: Path) -> None:
    for key in item:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            raise unknown_key_error(path, f"{prefix}{key}", close[0] if close else "")
