"""The office of the story: its settings file and its agency directory."""

from __future__ import annotations

from samples.cast import AGENCIES, ASKED, COORDINATOR, PARTNERSHIP, Cast

SETTINGS = f"""# Settings of the demonstration (`intake demo`). Everything in it is fictional.

[partnership]
name = "{PARTNERSHIP}"
short_name = "MVSCP"
address = ["Riverside House", "1 Example Quay", "Marlow Vale", "MV1 1AA"]
contact_name = "Robin Sample"
contact_email = "{COORDINATOR}"
contact_phone = "0161 496 0100"
reference_pattern = "MV-{{year}}-{{number}}"

[folders]
data = "../demo/data"
watched = ["../demo/inbox"]
outbox = "../demo/letters"

[clock]
today = 2026-03-23             # the fifteenth working day after the referral; the demonstration goes there day by day

[opening]
kind = "rapid_review"
agencies = [{", ".join(f'"{agency.id}"' for agency in ASKED)}]
due_in_working_days = 8

[working]
settle_seconds = 0             # its files are whole when they are put into the folder
"""


def directory() -> str:
    """The agency directory as TOML."""
    note = "# The agencies of the demonstration. Nobody in it exists.\n"
    return note + "".join(_agency(agency) for agency in AGENCIES)


def _agency(agency: Cast) -> str:
    lines = [
        "",
        "[[agency]]",
        f'id = "{agency.id}"',
        f'name = "{agency.name}"',
        f'sector = "{agency.sector}"',
        f"former_names = [{_listed(agency.former_names)}]",
        f"aliases = [{_listed(agency.aliases)}]",
        f'domains = ["{agency.domain}"]',
    ]
    people = (
        ("author", agency.author.name, agency.author.email),
        ("sub_group_representative", agency.checker.name, agency.checker.email),
        ("chief_officer", agency.officer, f"chief.officer@{agency.domain}"),
    )
    for role, name, address in people:
        lines += ["", "[[agency.contacts]]", f'role = "{role}"', f'name = "{name}"', f'email = "{address}"']
    return "\n".join(lines) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
