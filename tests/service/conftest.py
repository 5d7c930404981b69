"""A service over the samples' settings, without its durable engine: for what is decided, written and asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbox_config.loading import load_settings
from records.cases import Case, SubjectChild
from service.bootstrap import Service, build
from service.cases import Opening
from service.deciding import open_by_hand

SAMPLES = Path(__file__).parents[2] / "samples"
CHILD = SubjectChild(code="Child 1", name="Invented Childname", date_of_birth="2015-05-04")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def asked_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' settings in a folder of their own, and a rapid review that has asked its agencies. Only copied."""
    home = tmp_path_factory.mktemp("asked")
    folder = home / "office"
    folder.mkdir()
    (home / "demo" / "inbox").mkdir(parents=True)
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    with build(load_settings(folder / "intake.toml", {}), now=lambda: MONDAY, durable=False) as service:
        open_by_hand(Opening(kind="rapid_review", children=(CHILD,)), service.parts, by="robin")
    return home


@pytest.fixture
def office(asked_office: Path, tmp_path: Path) -> Path:
    """A copy of that office."""
    shutil.copytree(asked_office, tmp_path, dirs_exist_ok=True)
    return tmp_path / "office"


@pytest.fixture
def service(office: Path) -> Iterator[Service]:
    """The service over it, without its durable engine, on the Monday on which it asked."""
    with build(load_settings(office / "intake.toml", {}), now=lambda: MONDAY, durable=False) as built:
        yield built


@pytest.fixture
def case(service: Service) -> Case:
    """The rapid review."""
    with service.store.reading() as tx:
        (only,) = tx.cases.all()
    return only
