"""`intake mailbox`: each step proved, what would be taken shown, both sides counted; nothing on the server changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from mail_servers import PASSWORD, Dovecot, make_certificate
from posts import Post, message
from smtp_server import running_smtp

import mailbox_config
from service.cli import main

EXAMPLES = Path(mailbox_config.__file__).parent


@pytest.fixture
def config(post: Post, tmp_path: Path) -> Path:
    """The settings of an office with this mailbox."""
    shutil.copy(EXAMPLES / "directory.example.toml", tmp_path / "directory.toml")
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    path = tmp_path / "intake.toml"
    path.write_text(
        f"""
[partnership]
name = "Sampleford Safeguarding Children Partnership"
short_name = "SSCP"
contact_name = "Robin Sample"
contact_email = "reviews@sscp.example"
[mailbox]
connect_seconds = 5
[[mailbox.accounts]]
name = "reviews"
host = "localhost"
port = {post.server.port}
certificates = "{post.server.certificate}"
user = "{post.user}"
password_file = "password"
move = true
""",
        encoding="utf-8",
    )
    return path


def intake(capsys: pytest.CaptureFixture[str], config: Path, *words: str) -> tuple[int, str]:
    """A command's exit status and what it said."""
    try:
        command = words if words[0] == "doctor" else ("mailbox", *words)
        status = main(["--config", str(config), *command])
    except SystemExit as end:
        status = int(end.code or 0)
    said = capsys.readouterr()
    return status, said.out + said.err


def test_check_proves_every_step(config: Path, post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    """All is right: each step is named, and nothing on the server was changed."""
    post.put(message(1))
    status, said = intake(capsys, config, "check", "--json")
    steps = json.loads(said)
    assert status == 0
    assert [step["step"] for step in steps] == [
        "reach the server",
        "encryption and certificate",
        "log in",
        "folder INBOX",
        "news at once (IDLE)",
        "folder Processed",
        "folder Attention",
        "moving",
    ]
    assert post.server.flags("INBOX", post.user) == [()]
    assert post.contents("Processed") == []


def test_doctor_proves_each_step_too(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the machine's programs: every step to the mailbox; where one fails, its remedy and exit status 1."""
    status, said = intake(capsys, config, "doctor", "--json")
    there = {one["name"]: one["present"] for one in json.loads(said)}
    assert status == 0
    assert there["reviews: log in"]
    assert there["reviews: moving"]
    config.write_text(config.read_text(encoding="utf-8").replace('"password"', '"intake.toml"'), encoding="utf-8")
    status, said = intake(capsys, config, "doctor", "--json")
    refused = json.loads(said)[-1]
    assert (status, refused["name"], refused["present"]) == (1, "reviews: log in", False)
    assert refused["install"]


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("port = ", "port = 1 # ", "reach the server"),
        ("certificates = ", "# ", "encryption and certificate"),
        ('"password"', '"intake.toml"', "log in"),
        ("move = true", 'folders = ["Elsewhere"]', "folder Elsewhere"),
    ],
)
def test_check_names_the_step_that_fails_and_what_to_do(
    config: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, step: str
) -> None:
    """The first step that fails ends the way, with its remedy and exit status 1."""
    config.write_text(config.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    status, said = intake(capsys, config, "check", "--json")
    last = json.loads(said)[-1]
    assert (status, last["step"], last["right"]) == (1, step, False)
    assert last["remedy"]


def test_check_goes_to_the_sending_server_too(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reached, encrypted, logged in; nothing is sent."""
    with running_smtp(make_certificate(tmp_path)) as server:
        sending = f'[sending]\nhost = "localhost"\nport = {server.port}\ncertificates = "{server.certificate}"\n'
        config.write_text(config.read_text(encoding="utf-8") + sending, encoding="utf-8")
        status, said = intake(capsys, config, "check", "--json")
        assert (status, server.received) == (0, [])
    assert [one["step"] for one in json.loads(said) if one["of"] == "sending"] == [
        "reach the server",
        "encryption",
        "log in",
    ]


def test_preview_shows_what_would_be_taken_and_touches_nothing(
    config: Path, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sender and subject of each message; flags, folders and ledger as before."""
    post.put(message(1, subject="=?utf-8?Q?R=C3=A9sum=C3=A9?="), message(2))
    status, said = intake(capsys, config, "preview", "--json")
    lines = [json.loads(line) for line in said.splitlines()]
    assert status == 0
    assert [(line["from"], line["subject"]) for line in lines] == [
        ("robin@agency.example", "Résumé"),
        ("robin@agency.example", "Return 2"),
    ]
    assert intake(capsys, config, "preview", "--json") == (0, said)
    assert post.server.flags("INBOX", post.user) == [(), ()]
    with post.server.client(post.user) as client:
        assert [name for _, _, name in client.list_folders()] == ["INBOX"]


def test_compare_is_an_alarm_when_something_was_put_away_unread(
    config: Path, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    """What waits is no alarm; a message in Processed that is not in the ledger is: exit status 1, and what to do."""
    post.put(message(1))
    status, said = intake(capsys, config, "compare")
    assert (status, "waiting 1, only on the server 0" in said) == (0, True)
    with post.server.client(post.user) as client:
        client.create_folder("Processed")
        client.select_folder("INBOX")
        client.move([1], "Processed")
    status, said = intake(capsys, config, "compare")
    assert (status, "only on the server 1" in said, "move them back" in said) == (1, True, True)


def test_without_a_mailbox_it_says_where_to_set_one(
    config: Path, dovecot: Dovecot, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 78 and the place in the example settings."""
    config.write_text(config.read_text(encoding="utf-8").partition("[mailbox]")[0], encoding="utf-8")
    status, said = intake(capsys, config, "check")
    assert (status, "[mailbox]" in said) == (78, True)
