"""No personal data in logs or on standard error: what the code may log, and a canary through the real parts."""

from __future__ import annotations

import ast
import io
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest

from intake.opening import open_submission
from mailbox_config.loading import load_settings
from parsers.read import all_readers, read_document
from records.checking import Checkable
from rules.engine import check_return
from service.bootstrap import build
from service.cli.app import main
from service.reading import Reading, read_bytes
from service.running import run_until_idle
from tests.architecture.source import TOP, modules, tree_of

CANARY = "Quirin Zeisigwald"
CANARY_NUMBER = "9990001119"
CANARY_DAY = "23/11/2012"
SECRETS = (CANARY, "Zeisigwald", CANARY_NUMBER, CANARY_DAY, "2012-11-23")

CONVERTED = {"doc", "odt", "rtf", "xls", "ods"}
"""Kinds that are handed to LibreOffice, which the converter's own tests start."""

LEVELS = ("debug", "info", "warning", "warn", "error", "critical", "exception", "log")
LOGGERS = ("log", "LOG")
MAY_BE_LOGGED = re.compile(
    r"submission|document|letter|request|agency|"
    r"rule|error|code|kind|form|state|outcome|source|step|edition|letter_kind|case|action|reason_code|signal|day|version"
    r"|(\w+_)?(id|ids|count|counts|bytes|seconds|number|attempts|size|duration|workers|depth|uid|code|state|kind)"
    r"|count_\w+|received|done|waiting|moved|left"
)
"""Ids, codes, counts and durations. A case reference is an id; a name, a subject, a file name is not."""


def logged_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a logger in the rooms, with where it stands."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
                target = node.func.value
                if isinstance(target, ast.Name) and target.id in LOGGERS:
                    yield f"{path}:{node.lineno}", node


def extras(call: ast.Call) -> Iterator[str]:
    """The names of the fields that a logging call carries."""
    for keyword in call.keywords:
        if keyword.arg == "extra" and isinstance(keyword.value, ast.Dict):
            yield from (str(ast.literal_eval(key)) for key in keyword.value.keys if key is not None)
        elif keyword.arg != "extra":
            yield keyword.arg or "**"


EVENT = re.compile(r"[a-z][a-z_]+((?: [a-z_]+=%[sd])*)")
NOT_LOGGED = re.compile(
    r"\b(name|file_name|subject|sender|recipients|to|address|email|text|path|title|reason|message|record|value|words"
    r"|error|fault|problem|exception)\b"
)
"""What an expression that is logged must not end in: people's words, and errors, whose words can be people's."""


def test_logging_calls_carry_an_event_and_ids_only() -> None:
    """A fixed event name, and fields that are ids, codes, counts or durations; no sentence made of values."""
    wrong = []
    for where, call in logged_calls():
        event = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        found = EVENT.fullmatch(str(event))
        if found is None:
            wrong.append(f"{where}: the event is not a fixed name with fixed fields")
            continue
        fields = [*re.findall(r"(\w+)=", found[1]), *extras(call)]
        wrong += [f"{where}: {name}" for name in fields if not MAY_BE_LOGGED.fullmatch(name)]
        wrong += [f"{where}: {ast.unparse(one)}" for one in call.args[1:] if is_personal(one)]
    assert wrong == []


def is_personal(expression: ast.expr) -> bool:
    """Whether an expression may hold what a person wrote."""
    words = ast.unparse(expression)
    if re.fullmatch(r"type\(\w+\)\.__name__|len\(.+\)", words):
        return False
    return isinstance(expression, ast.JoinedStr) or bool(NOT_LOGGED.search(words.rpartition(".")[2]))


def test_what_may_not_be_logged_is_seen() -> None:
    """The test above sees an error, a name and a sentence made of values, and lets ids, codes and kinds pass."""
    personal = ["fault", "submission.name", "f'{child}'", "message.subject", "str(error)"]
    assert [one for one in personal if not is_personal(ast.parse(one, mode="eval").body)] == []
    others = ["submission_id", "down.code", "type(fault).__name__", "len(names)", "submission.id"]
    assert [one for one in others if is_personal(ast.parse(one, mode="eval").body)] == []


def test_loggers_are_called_log() -> None:
    """The test above finds every logger, because every logger has the name it looks for."""
    wrong = []
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Assign) and re.search(r"\.get_?[lL]ogger\(", ast.unparse(node.value)):
                wrong += [f"{path}: {name}" for name in map(ast.unparse, node.targets) if name not in LOGGERS]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("logging."):
                attribute = ast.unparse(node.func).removeprefix("logging.")
                wrong += [f"{path}: logging.{attribute}"] if attribute in LEVELS else []
    assert wrong == []


def word_form() -> bytes:
    """A chronology about the canary, with a fault for several rules to find."""
    document = docx.Document()
    document.add_heading("Chronology of significant events", level=1)
    head = document.add_table(rows=0, cols=2)
    for label, answer in (
        ("Case reference", "PR-2026-001"),
        ("Child's name", CANARY),
        ("Date of birth", CANARY_DAY),
        ("NHS number", CANARY_NUMBER),
        ("Agency providing this chronology", "Sampleshire Police"),
        (f"A question that no form asks about {CANARY}", f"{CANARY} was asked."),
    ):
        cells = head.add_row().cells
        cells[0].text, cells[1].text = label, answer
    events = document.add_table(rows=1, cols=3)
    for cell, title in zip(events.rows[0].cells, ("Date", "Source", "Event"), strict=True):
        cell.text = title
    for day in ("31/02/2025", "05/03/2031", CANARY_DAY):
        row = events.add_row().cells
        row[0].text, row[1].text, row[2].text = day, "Incident log", f"{CANARY} seen at home."
    return saved(document)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Chronology of significant events",),
        ("Child's name", CANARY),
        ("Date", "Source", "Event"),
        (CANARY_DAY, "GP record", f"{CANARY} seen."),
        ("35/13/2020", "GP record", f"{CANARY} not seen."),
    ):
        sheet.append(row)
    return saved(book)


def test_the_service_logs_nobody(
    tmp_path: Path, logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The whole service on a mail and a file about the canary: nothing in logs, and in no name that it gives a file."""
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(TOP / "samples" / name, tmp_path / name)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / f"{CANARY}.eml").write_bytes(mail())
    (inbox / f"{CANARY} {CANARY_NUMBER}.docx").write_bytes(word_form())
    changed = {"DATA": "data", "OUTBOX": "letters", "WATCHED": '["inbox"]'}
    settings = load_settings(
        tmp_path / "intake.toml", {f"INTAKE__FOLDERS__{key}": value for key, value in changed.items()}
    )
    with build(settings) as service:
        done = run_until_idle(service)
        with service.store.reading() as tx:
            assert CANARY in str([one.result for one in tx.returns.all()])
    assert len(done.taken) == 2
    shown = capfd.readouterr()
    assert_silent(told(logs.records) + shown.out + shown.err)
    written = [path.name for path in (*(tmp_path / "data").glob("*"), *(tmp_path / "letters").rglob("*"))]
    assert_silent("\n".join(written))


def saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined] # both libraries have it
    return held.getvalue()


def mail() -> bytes:
    """An e-mail that names the canary wherever an e-mail can, with a good, a cut and a nonsense attachment."""
    message = EmailMessage()
    message["From"], message["To"] = f'"{CANARY}" <q.zeisigwald@police.example>', "reviews@sscp.example"
    message["Subject"] = f"Return for {CANARY} {CANARY_NUMBER}"
    message["Message-ID"] = "<1@police.example>"
    message.set_content(f"Please find the chronology of {CANARY}.")
    for data in (word_form(), word_form()[:900], workbook(), b"%PDF-1.7 " + CANARY.encode()):
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=f"{CANARY} {CANARY_NUMBER}.docx"
        )
    return message.as_bytes()


def told(records: list[logging.LogRecord]) -> str:
    """Everything that log records hold, whatever a formatter may show of them."""
    return "\n".join(f"{record.getMessage()} {record.__dict__} {record.exc_info}" for record in records)


def assert_silent(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged, by us and by the libraries, from the lowest level up."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.mark.parametrize("kind", sorted(set(all_readers()) - CONVERTED))
def test_reading_any_kind_of_bytes_logs_nobody(kind: str, logs: pytest.LogCaptureFixture) -> None:
    """A form, half a form and a bare name, given to every reader whatever kind they really are."""
    for data in (word_form(), word_form()[:900], workbook(), CANARY.encode() * 40):
        result = read_document(data, kind)
        assert result.outcome in ("read", "needs_review", "rejected")
        assert_silent(result.reason or "")
    assert_silent(told(logs.records))


def test_the_whole_way_of_a_mail_logs_nobody(logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """Opened, read, joined, checked: the canary reaches the record and the places where people look, and no log."""
    result = read_bytes(mail(), f"{CANARY}.eml", Reading(reader=read_document, today=date(2026, 3, 2)))
    assert any(CANARY in str(one.record) for one in result.returns)
    for part in open_submission(mail(), f"{CANARY}.eml").parts:
        assert_silent(part.reason)
    shown = capfd.readouterr()
    assert_silent(told(logs.records) + shown.out + shown.err)


def test_findings_name_no_child(logs: pytest.LogCaptureFixture) -> None:
    """Findings go into letters: what a rule says of a return never repeats who it is about."""
    result = read_document(word_form(), "docx")
    for returned in result.returns:
        found = check_return(Checkable(returned=returned, received_on=date(2026, 3, 2)))
        assert found
        assert_silent("\n".join(f"{one.message} {one.remedy}" for one in found))
    assert_silent(told(logs.records))


def test_the_command_says_nobody_on_standard_error(
    tmp_path: Path, logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """With real reader processes: the record is on standard output, where it was asked for, and nowhere else."""
    files = {"good.docx": word_form(), "cut.docx": word_form()[:900], "table.xlsx": workbook(), "all.eml": mail()}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SystemExit):
        main(["--config", str(tmp_path / "none.toml"), "read", "--json", *(str(tmp_path / name) for name in files)])
    shown = capfd.readouterr()
    assert CANARY in shown.out
    assert_silent(told(logs.records) + shown.err)
