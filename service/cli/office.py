"""What commands that look into the store need, opened and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from mailbox_config.checking import require
from mailbox_config.directory import Directory, load_directory
from mailbox_config.settings import Settings
from service.chasing import ChaseRules
from service.cli.invocation import Invocation, today
from service.snapshot import everything_in
from service.status import Status, make_status, of_case
from store import Store, open_store


@dataclass(frozen=True, slots=True)
class Office:
    """The settings, the directory, the day, the open store."""

    settings: Settings
    directory: Directory
    store: Store
    today: date

    @property
    def chase_rules(self) -> ChaseRules:
        return ChaseRules(self.settings.chasing, self.settings.clock)

    def status(self, case: str | None = None) -> Status:
        """Where everything, or one case, stands today; Refused when there is no such case."""
        everything = everything_in(self.store)
        if case is not None:
            with self.store.reading() as tx:
                tx.cases.get(case)
            everything = of_case(everything, case)
        return make_status(everything, self.directory, self.settings.clock, self.today)


@contextmanager
def open_office(called: Invocation) -> Iterator[Office]:
    """The office behind the settings; Misconfigured when they are not right."""
    settings = called.settings()
    require(settings)
    store = open_store(settings.database_url, password=settings.database_password())
    try:
        yield Office(settings, load_directory(settings.files.directory), store, today(settings))
    finally:
        store.close()
