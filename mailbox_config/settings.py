"""The settings: one frozen tree, read once, passed down in pieces.

One TOML file (`intake.toml`), environment variables over it (`INTAKE__FOLDERS__DATA=…`), secrets never in the file.
`mailbox_config.loading` reads it, `mailbox_config.checking` says what is wrong with it before anything starts.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from mailbox_config.mail import MailboxSettings, SendingSettings
from mailbox_config.part import Part as Part
from records.cases import CaseKind, ContactRole
from records.limits import Limits
from records.submissions import LetterKind

Sending = Literal["send", "hold"]


class Partnership(Part):
    """Who we are: stands in every letter and on the pack."""

    name: str
    short_name: str
    address: tuple[str, ...] = ()
    contact_name: str
    contact_role: str = "Practice review coordinator"
    contact_email: str
    contact_phone: str = ""
    marking: str = "OFFICIAL-SENSITIVE"
    reference_pattern: str = "PR-{year}-{number}"
    """How case references look: `{number}` is the running number, `{year}` (if it is there) the year of opening."""
    reference_digits: Annotated[int, Field(ge=1, le=8)] = 3

    @field_validator("reference_pattern")
    @classmethod
    def _has_a_number(cls, value: str) -> str:
        if value.count("{number}") != 1 or value.count("{year}") > 1 or re.search(r"[{}]", _without_names(value)):
            raise ValueError("must hold {number} once, {year} at most once, and no other braces")
        if not re.search(r"[A-Za-z]", _without_names(value)):
            raise ValueError("must hold letters too, so that a bare number in a letter is not taken for a reference")
        return value

    def make_reference(self, number: int, *, year: int) -> str:
        """The reference with this running number."""
        return self.reference_pattern.format(year=year, number=str(number).zfill(self.reference_digits))


class Folders(Part):
    """Where things lie. Relative paths start from the folder of the settings file."""

    data: Path = Path("data")
    watched: tuple[Path, ...] = ()
    outbox: Path = Path("outbox")
    letter_templates: Path | None = None
    """Own letter templates; a letter that is not there is taken from the ones that come with the program."""
    wordings: Path = Path("wordings")
    """What own form templates print, as `intake forms learn` writes it; the folder need not exist."""


class Database(Part):
    """Which database. The default is SQLite in the data folder."""

    url: str = ""
    password: SecretStr | None = None
    """Only from the environment (INTAKE__DATABASE__PASSWORD); refused in the file."""
    password_file: Path | None = None


class Files(Part):
    """The other files a coordinator keeps."""

    directory: Path = Path("directory.toml")
    rule_policy: Path | None = None
    """Severities of rules that differ from the ones they come with; none is needed."""


class Clock(Part):
    """How days are counted."""

    today: date | None = None
    """Pretend that this is today (demonstrations and rehearsals only)."""
    notification_working_days: Annotated[int, Field(ge=1)] = 5
    rapid_review_working_days: Annotated[int, Field(ge=1)] = 15
    notification_is_day: Literal[0, 1] = 0
    """Whether the day the notification was sent is day 0 or day 1 of the rapid review's fifteen."""
    publication_months: Annotated[int, Field(ge=1)] = 6
    office_closed: tuple[date, ...] = ()
    """Days the office is closed beside weekends and bank holidays: they move reminders, never statutory dates."""


class Opening(Part):
    """What happens when a referral has been read and checked."""

    automatic: bool = True
    """Open the case without asking when the referral has no open question; otherwise a person opens it."""
    kind: CaseKind = "rapid_review"
    forms: tuple[str, ...] = ("agency_summary", "chronology")
    agencies: tuple[str, ...] = ()
    """Ids from the directory of the agencies that are asked; none named means all of them."""
    due_in_working_days: Annotated[int, Field(ge=1)] = 10


class LetterPolicy(Part):
    """Per kind of letter: send it, or hold it until a person lets it go."""

    acknowledgement: Sending = "send"
    query: Sending = "send"
    request: Sending = "send"
    reminder: Sending = "send"
    escalation: Sending = "hold"
    late_thanks: Sending = "send"
    """Goes instead of the acknowledgement when a return came after its date."""
    unreadable: Sending = "send"
    """Goes instead of the acknowledgement when nothing that came could be read."""
    wrong_form: Sending = "send"
    """Written when a person sets a return aside as the wrong form."""
    secure_wrapper: Sending = "hold"
    """Held, because you may be able to fetch the form yourself: then drop the letter."""
    decision: Sending = "hold"
    query_due_in_working_days: Annotated[int, Field(ge=1)] = 3
    """How long an agency has for corrections."""

    def sending(self, kind: LetterKind) -> Sending:
        """What the policy says of this kind of letter."""
        answers: dict[LetterKind, Sending] = {
            "acknowledgement": self.acknowledgement,
            "query": self.query,
            "request": self.request,
            "reminder": self.reminder,
            "escalation": self.escalation,
            "late_thanks": self.late_thanks,
            "unreadable": self.unreadable,
            "wrong_form": self.wrong_form,
            "secure_wrapper": self.secure_wrapper,
            "decision": self.decision,
        }
        return answers[kind]


class Step(Part):
    """One rung of the ladder: so many working days from the due date (before it when negative), this letter goes."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    working_days: Annotated[int, Field(ge=-30, le=60)]
    letter: Literal["reminder", "escalation"] = "reminder"
    to: Annotated[tuple[ContactRole, ...], Field(min_length=1)] = ("author",)
    copy_to: tuple[ContactRole, ...] = ()


class Ladder(Part):
    """The steps of one kind of case, in the order of their days. No steps: this kind is not chased."""

    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Ladder:
        days = [step.working_days for step in self.steps]
        names = [step.name for step in self.steps]
        if days != sorted(set(days)):
            raise ValueError("the steps must be in the order of their working_days, no two on the same day")
        if len(names) != len(set(names)):
            raise ValueError("two steps have the same name")
        return self


SHORT_LADDER = Ladder(
    steps=(
        Step(name="before", working_days=-2, to=("author",)),
        Step(name="overdue", working_days=1, to=("author", "sub_group_representative")),
        Step(
            name="second",
            working_days=2,
            to=("author", "sub_group_representative"),
            copy_to=("safeguarding_lead",),
        ),
        Step(
            name="escalation",
            working_days=3,
            letter="escalation",
            to=("chief_officer",),
            copy_to=("safeguarding_lead", "sub_group_representative"),
        ),
    )
)
"""For a review that has fifteen working days in all."""

LONG_LADDER = Ladder(
    steps=(
        Step(name="before", working_days=-5, to=("author",)),
        Step(name="due", working_days=0, to=("author",)),
        Step(
            name="overdue",
            working_days=3,
            to=("author", "sub_group_representative"),
            copy_to=("safeguarding_lead",),
        ),
        Step(
            name="escalation",
            working_days=7,
            letter="escalation",
            to=("chief_officer",),
            copy_to=("safeguarding_lead", "sub_group_representative"),
        ),
    )
)
"""For work of weeks and months."""


class Chasing(Part):
    """The ladder per kind of case."""

    rapid_review: Ladder = SHORT_LADDER
    local_review: Ladder = LONG_LADDER
    good_outcome_review: Ladder = LONG_LADDER
    learning_review: Ladder = LONG_LADDER

    def ladder(self, kind: CaseKind) -> Ladder:
        """The ladder of this kind of case."""
        ladders: dict[CaseKind, Ladder] = {
            "rapid_review": self.rapid_review,
            "local_review": self.local_review,
            "good_outcome_review": self.good_outcome_review,
            "learning_review": self.learning_review,
        }
        return ladders[kind]


class Working(Part):
    """How the service works."""

    workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Documents read at the same time, each in a process of its own."""
    scan_seconds: Annotated[float, Field(gt=0)] = 10.0
    """How often the watched folders are gone through in full."""
    settle_seconds: Annotated[float, Field(ge=0)] = 2.0
    """How long a file must stay unchanged before it is taken in."""


class Settings(BaseSettings):
    """Everything a partnership can change."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="INTAKE__",
        env_nested_delimiter="__",
        nested_model_default_partial_update=False,
    )

    partnership: Partnership
    folders: Folders = Folders()
    database: Database = Database()
    files: Files = Files()
    limits: Limits = Limits()
    clock: Clock = Clock()
    opening: Opening = Opening()
    letters: LetterPolicy = LetterPolicy()
    chasing: Chasing = Chasing()
    working: Working = Working()
    mailbox: MailboxSettings = MailboxSettings()
    sending: SendingSettings = SendingSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `loading` reads file and environment, so that both can be handed in by a test."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @property
    def database_url(self) -> str:
        """The database's address without its password; SQLite in the data folder when none is set."""
        return self.database.url or f"sqlite:///{(self.folders.data / 'intake.sqlite').as_posix()}"

    def database_password(self) -> str | None:
        """The database's password from the environment or from the file that the settings name; None without one."""
        if self.database.password is not None:
            return self.database.password.get_secret_value()
        if self.database.password_file is not None:
            return self.database.password_file.read_text(encoding="utf-8").strip()
        return None


def _without_names(pattern: str) -> str:
    return pattern.replace("{number}", "").replace("{year}", "")
