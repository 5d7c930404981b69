"""The settings are read strictly: what is wrong names its place and its remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import mailbox_config
from mailbox_config.checking import Known, check, require
from mailbox_config.loading import known_keys, load_settings
from mailbox_config.policy import load_rule_policy
from mailbox_config.settings import LONG_LADDER, SHORT_LADDER, Partnership, Settings
from records.errors import Misconfigured
from records.results import Severity

HERE = Path(mailbox_config.__file__).parent
EXAMPLE = HERE / "intake.example.toml"
MINIMAL = """
[partnership]
name = "Sampleford Safeguarding Children Partnership"
short_name = "SSCP"
contact_name = "Robin Sample"
contact_email = "reviews@sscp.example"
"""


def write(folder: Path, text: str = "") -> Path:
    path = folder / "intake.toml"
    path.write_text(MINIMAL + text, encoding="utf-8")
    return path


def ready(folder: Path, text: str = "") -> Path:
    """A settings file whose directory exists."""
    (folder / "directory.toml").write_bytes((HERE / "directory.example.toml").read_bytes())
    return write(folder, text)


def keys_of(data: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in data.items():
        path = f"{prefix}{key}"
        yield path
        if isinstance(value, Mapping):
            yield from keys_of(value, f"{path}.")
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Mapping):
                    yield from keys_of(item, f"{path}[].")


def uncommented_example() -> str:
    """The example with every commented key made a real one; its prose stays a comment."""
    lines = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        bare = line.removeprefix("# ")
        is_key = bare.startswith("[[") or (bare.partition(" = ")[0].isidentifier() and " = " in bare)
        lines.append(bare if is_key else line)
    return "\n".join(lines)


def test_every_key_of_the_model_is_in_the_example_and_no_other() -> None:
    """The documented example and the model name the same keys."""
    in_example = set(keys_of(tomllib.loads(uncommented_example())))
    in_model = {key for key in known_keys(Settings) if not key.endswith(".password")}
    assert in_model == in_example


def test_the_example_loads_and_its_comments_show_the_defaults(tmp_path: Path) -> None:
    """The example as it is gives the defaults, and its commented values are those defaults."""
    plain = tmp_path / "plain.toml"
    plain.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    full = tmp_path / "full.toml"
    full.write_text(uncommented_example(), encoding="utf-8")
    settings, shown = load_settings(plain, {}), load_settings(full, {})
    for part in ("limits", "opening", "letters", "chasing", "working"):
        assert getattr(settings, part) == getattr(shown, part)
    assert settings.chasing.rapid_review == SHORT_LADDER
    assert settings.chasing.learning_review == LONG_LADDER


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("[folders]\nwatch = []\n", "folders.watch", "folders.watched"),
        ("[folder]\ndata = 'x'\n", "folder", "folders"),
        ("[limits]\nfile_byte = 1\n", "limits.file_byte", "limits.file_bytes"),
        ("today = 2026-01-01\n", "partnership.today", ""),
        (
            "[[chasing.rapid_review.steps]]\nname = 'a'\nworking_day = 1\n",
            "chasing.rapid_review.steps[0].working_day",
            "working_days",
        ),
    ],
)
def test_an_unknown_key_names_file_and_key_and_the_nearest_known_one(
    tmp_path: Path, text: str, key: str, nearest: str
) -> None:
    """A misspelt key stops the start and says which and what was meant."""
    path = write(tmp_path, text)
    with pytest.raises(Misconfigured) as caught:
        load_settings(path, {})
    assert str(path) in caught.value.message
    assert f"“{key}”" in caught.value.message
    assert nearest in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "[database]\npassword = 'hunter2'\n",
        "[database]\nurl = 'postgresql://intake:hunter2@db.example/intake'\n",
        "[mailbox]\nimap_password = 'hunter2'\n",
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    """A password in the settings file stops the start; the message does not show it."""
    with pytest.raises(Misconfigured) as caught:
        load_settings(write(tmp_path, text), {})
    assert "hunter2" not in str(caught.value)
    assert "INTAKE__" in caught.value.hint


def test_the_environment_goes_over_the_file_and_carries_the_secret(tmp_path: Path) -> None:
    """Environment variables override single keys and leave their neighbours alone."""
    path = write(tmp_path, "[clock]\nrapid_review_working_days = 10\n[folders]\ndata = 'there'\n")
    settings = load_settings(
        path,
        {
            "INTAKE__CLOCK__TODAY": "2026-03-02",
            "INTAKE__FOLDERS__WATCHED": '["drop", "drop2"]',
            "INTAKE__DATABASE__PASSWORD": "hunter2",
            "PATH": "/usr/bin",
        },
    )
    assert settings.clock.today == date(2026, 3, 2)
    assert settings.clock.rapid_review_working_days == 10
    assert settings.folders.watched == (tmp_path / "drop", tmp_path / "drop2")
    assert settings.folders.data == tmp_path / "there"
    assert settings.database_password() == "hunter2"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"INTAKE__FOLDERS__DTA": "x"}, "INTAKE__FOLDERS__DATA"),
        ({"INTAKE__FOLDRS__DATA": "x"}, "INTAKE__FOLDERS__DATA"),
        ({"INTAKE__FOLDERS__WATCHED": "not a list"}, '["one", "two"]'),
    ],
)
def test_a_wrong_environment_variable_is_named(tmp_path: Path, environment: dict[str, str], hint: str) -> None:
    """A misspelt or unreadable variable is as much an error as a misspelt key."""
    with pytest.raises(Misconfigured) as caught:
        load_settings(write(tmp_path), environment)
    assert hint in caught.value.hint


def test_a_wrong_value_names_where_it_came_from(tmp_path: Path) -> None:
    """A value from the file blames the file, one from the environment blames the variable."""
    path = write(tmp_path, "[working]\nworkers = 0\n")
    with pytest.raises(Misconfigured, match=r"intake\.toml: “working\.workers”"):
        load_settings(path, {})
    with pytest.raises(Misconfigured, match="INTAKE__WORKING__WORKERS"):
        load_settings(write(tmp_path), {"INTAKE__WORKING__WORKERS": "many"})


@pytest.mark.parametrize("name", ["missing.toml", "broken.toml", "latin.toml"])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    """A missing, broken or wrongly encoded file is a plain sentence."""
    (tmp_path / "broken.toml").write_text("[partnership\n", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes("name = 'Zoë'".encode("latin-1"))
    with pytest.raises(Misconfigured, match=name) as caught:
        load_settings(tmp_path / name, {})
    assert caught.value.hint


@pytest.mark.parametrize(
    "steps",
    [
        "[[chasing.local_review.steps]]\nname='a'\nworking_days=2\n[[chasing.local_review.steps]]\nname='b'\nworking_days=1\n",
        "[[chasing.local_review.steps]]\nname='a'\nworking_days=1\n[[chasing.local_review.steps]]\nname='a'\nworking_days=2\n",
    ],
)
def test_a_ladder_out_of_order_is_refused(tmp_path: Path, steps: str) -> None:
    """Steps stand in the order of their days and have names of their own."""
    with pytest.raises(Misconfigured, match="local_review"):
        load_settings(write(tmp_path, steps), {})


def test_check_lists_every_problem_with_what_to_do(tmp_path: Path) -> None:
    """One look shows all that is wrong."""
    (tmp_path / "drop").mkdir()
    path = write(
        tmp_path,
        "[folders]\nwatched = ['drop', 'data/inbox']\noutbox = 'drop/outbox'\nletter_templates = 'letters'\n"
        "[opening]\nforms = ['agency_sumary']\n[database]\nurl = 'mysql://x/y'\n",
    )
    problems = check(load_settings(path, {}), Known(forms=("agency_summary",)))
    text = "\n".join(str(problem) for problem in problems)
    for part in ("overlap", "there is no folder", "agency_sumary", "neither SQLite", "directory.toml"):
        assert part in text
    assert len(problems) == 7
    assert all(problem.hint for problem in problems)


def test_good_settings_have_no_problem(tmp_path: Path) -> None:
    """Settings whose folders exist and do not overlap may start."""
    (tmp_path / "drop").mkdir()
    settings = load_settings(ready(tmp_path, "[folders]\nwatched = ['drop']\noutbox = 'data/outbox'\n"), {})
    assert check(settings) == ()
    require(settings)
    assert settings.database_url == f"sqlite:///{(tmp_path / 'data' / 'intake.sqlite').as_posix()}"


def test_overlap_is_seen_through_a_symbolic_link(tmp_path: Path) -> None:
    """A watched folder that is a link into the data folder is refused."""
    (tmp_path / "data" / "inside").mkdir(parents=True)
    (tmp_path / "drop").symlink_to(tmp_path / "data" / "inside")
    settings = load_settings(ready(tmp_path, "[folders]\nwatched = ['drop']\n"), {})
    with pytest.raises(Misconfigured, match="overlap"):
        require(settings)


def test_a_broken_or_unknown_letter_template_is_a_problem(tmp_path: Path) -> None:
    """Own templates must be Word documents under the name of a letter."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "reminder.docx").write_text("not a zip", encoding="utf-8")
    (tmp_path / "letters" / "remnder.docx").write_text("not a zip", encoding="utf-8")
    settings = load_settings(ready(tmp_path, "[folders]\nletter_templates = 'letters'\n"), {})
    problems = check(settings, Known(letters=("reminder.docx",)))
    assert ["not a Word document" in problems[0].message, "no letter" in problems[1].message] == [True, True]


def test_references_follow_the_pattern() -> None:
    """A new case's reference is made from the partnership's own pattern."""
    partnership = Partnership(name="S", short_name="S", contact_name="R", contact_email="r@s.example")
    assert partnership.make_reference(7, year=2026) == "PR-2026-007"
    with pytest.raises(ValueError):
        Partnership(
            name="S", short_name="S", contact_name="R", contact_email="r@s.example", reference_pattern="{year}-{number}"
        )


def test_the_rule_policy_changes_and_switches_off(tmp_path: Path) -> None:
    """Overrides change a severity or switch a rule off; a wrong word is refused."""
    path = tmp_path / "rule_policy.toml"
    path.write_text('[rules]\nQ001 = "off"\nQ002 = "warning"\n', encoding="utf-8")
    assert load_rule_policy(path) == {"Q001": "off", "Q002": Severity.WARNING}
    assert load_rule_policy(None) == {}
    path.write_text('[rules]\nQ001 = "loud"\n', encoding="utf-8")
    with pytest.raises(Misconfigured, match="loud"):
        load_rule_policy(path)


MAILBOX = """
[[mailbox.accounts]]
name = "reviews"
host = "imap.example"
user = "reviews@sscp.example"
"""


def test_a_mailbox_without_a_secret_or_with_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    """Said before anything starts: which login, which variable or key."""
    settings = load_settings(ready(tmp_path, MAILBOX + '[sending]\nhost = "smtp.example"\nuser = "x"\n'), {})
    assert [problem.message.partition(" ")[0] for problem in check(settings)] == ["mailbox.accounts[0]", "sending"]
    secrets = {"INTAKE__MAILBOX__PASSWORD": "fictional", "INTAKE__SENDING__PASSWORD": "fictional"}
    assert check(load_settings(tmp_path / "intake.toml", secrets)) == ()
    settings = load_settings(ready(tmp_path, MAILBOX + 'certificates = "none.pem"\n'), secrets)
    assert ["certificates" in problem.message for problem in check(settings)] == [True]


def test_a_mail_password_in_the_file_is_refused(tmp_path: Path) -> None:
    """With the variable that takes it instead."""
    with pytest.raises(Misconfigured) as caught:
        load_settings(ready(tmp_path, MAILBOX + 'password = "fictional"\n'), {})
    assert "INTAKE__MAILBOX__PASSWORD" in caught.value.hint


def test_mailbox_folders_must_differ_and_names_be_unique(tmp_path: Path) -> None:
    """What was taken would come in again from the folder it was moved to."""
    with pytest.raises(Misconfigured):
        load_settings(ready(tmp_path, MAILBOX + 'processed = "inbox"\n'), {})
    with pytest.raises(Misconfigured):
        load_settings(ready(tmp_path, MAILBOX + MAILBOX), {})
