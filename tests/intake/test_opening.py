"""Opening what arrived: every file in it is found, named, and bounded."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.opening import Opened, open_submission
from records.limits import DEFAULT_LIMITS, Limits
from tests.hostile import HOSTILE, deep_mime, docx, eml, encrypted_zip, lying_size_zip, path_traversal_zip, zip_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CORPUS_FILES = sorted(path for room in ("eml", "msg", "hostile", "other") for path in (CORPUS / room).glob("*"))


def _paths(opened: Opened) -> list[str]:
    return [part.path for part in opened.parts]


def _problems(opened: Opened) -> list[str]:
    return [part.problem for part in opened.parts]


def test_a_file_is_itself() -> None:
    """A form that arrives as a file is one part with its own bytes."""
    opened = open_submission(docx(), "C:\\forms\\return.docx", limits=DEFAULT_LIMITS)
    [part] = opened.parts
    assert (opened.message, part.path, part.kind, part.data) == (None, "return.docx", "docx", docx())


def test_a_message_gives_its_text_and_its_attachments() -> None:
    """The head is kept, the text is a part of its own, attachments keep their names."""
    opened = open_submission(eml("Our return – attached.", attachments=[("a.docx", docx())]), "mail.eml")
    assert opened.message is not None
    assert opened.message.sender == "avery@police.example"
    assert opened.message.message_id == "<one@police.example>"
    assert _paths(opened) == ["mail.eml > message text", "mail.eml > a.docx"]
    text, form = opened.parts
    assert (text.is_body, text.kind, text.data.decode()) == (True, "text", "Our return – attached.")
    assert (form.kind, form.data) == ("docx", docx())


def test_containers_in_containers_show_their_way() -> None:
    """A form in an archive in a forwarded message is found, and its path tells how it lay."""
    inner = eml("forwarded", attachments=[("forms.zip", zip_of({"folder/a.docx": docx()}))])
    opened = open_submission(eml(attachments=[("fwd.eml", inner)]), "mail.eml")
    assert _paths(opened)[-1] == "mail.eml > fwd.eml > forms.zip > a.docx"
    assert opened.parts[-1].data == docx()


def test_an_attached_message_of_the_mail_program_is_opened() -> None:
    """A message attached as message/rfc822 gives its text and attachments."""
    inner = eml("inner text", attachments=[("a.docx", docx())]).decode()
    outer = (
        "From: a@agency.example\nMessage-ID: <o@agency.example>\nContent-Type: multipart/mixed; boundary=outer\n\n"
        f"--outer\nContent-Type: message/rfc822\n\n{inner}\n--outer--\n"
    )
    opened = open_submission(outer.encode(), "mail.eml")
    assert [part.name for part in opened.parts] == ["message text", "a.docx"]
    assert opened.parts[1].data == docx()


def test_html_is_turned_to_text_unless_it_holds_a_table_of_answers() -> None:
    """A letter in HTML becomes text; a form pasted as a table stays HTML, where its cells can be told apart."""
    letter = b"<html><style>p{}</style><p>Dear&nbsp;all,</p><p>attached.</p></html>"
    rows = b"".join(b"<tr><td>Question %d</td><td>Answer</td></tr>" % number for number in range(3))
    head = b"From: a@agency.example\nMessage-ID: <x@agency.example>\nContent-Type: text/html\n\n"
    [text] = open_submission(head + letter, "a.eml").parts
    [form] = open_submission(head + b"<table>" + rows + b"</table>", "a.eml").parts
    assert (text.kind, text.data.decode().split()) == ("text", ["Dear", "all,", "attached."])
    assert form.kind == "html"


def test_a_stub_does_not_stand_for_the_letter() -> None:
    """Where the plain alternative says nothing, the HTML one is the message's text."""
    message = (
        "From: a@agency.example\nMessage-ID: <x@agency.example>\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nThis message is HTML.\n--b\nContent-Type: text/html\n\n<p>"
        + "A long account of events. " * 40
        + "</p>\n--b--\n"
    )
    [part] = open_submission(message.encode(), "a.eml").parts
    assert b"A long account of events." in part.data


@pytest.mark.parametrize(
    ("kind", "body"),
    [("text/plain; charset=a\x00b", "the words é"), ("text/html", "<p>the words</p><![yle[x]]><p>after</p>")],
)
def test_what_trips_the_standard_library_is_read_all_the_same(kind: str, body: str) -> None:
    """A null in the charset or a declaration that is none costs no text."""
    message = f"From: a@agency.example\nMessage-ID: <x@agency.example>\nContent-Type: {kind}\n\n{body}"
    [part] = open_submission(message.encode(), "a.eml").parts
    assert "the words" in part.data.decode()
    assert ("after" in part.data.decode()) == ("after" in body)


def _der(tag: int, *content: bytes) -> bytes:
    whole = b"".join(content)
    size = len(whole).to_bytes(4, "big")
    return bytes([tag, 0x84]) + size + whole


def _sealed(oid: str, content: bytes) -> bytes:
    data = _der(0x30, _der(0x06, bytes.fromhex("2a864886f70d010701")), _der(0xA0, content))
    signed = _der(0x30, _der(0x02, b"\x01"), _der(0x31), data)
    return _der(0x30, _der(0x06, bytes.fromhex(oid)), _der(0xA0, signed))


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_message_inside_a_signature_is_opened(in_pieces: bool) -> None:
    """A digitally signed message that is wrapped whole gives its text and its attachments."""
    inner = eml(attachments=[("a.docx", docx())])
    content = _der(0x04, inner)
    if in_pieces:
        content = b"\x24\x80" + _der(0x04, inner[:500]) + _der(0x04, inner[500:]) + b"\x00\x00"
    wrapped = _sealed("2a864886f70d010702", content)
    opened = open_submission(eml(attachments=[("smime.p7m", wrapped)]), "mail.eml")
    assert opened.parts[-1].path == "mail.eml > smime.p7m > a.docx"
    assert opened.parts[-1].data == docx()


def test_an_encrypted_message_is_named_as_such() -> None:
    """A message sealed for a key that is not here says so."""
    wrapped = _sealed("2a864886f70d010703", _der(0x04, b"secret"))
    opened = open_submission(eml(attachments=[("smime.p7m", wrapped)]), "mail.eml")
    assert opened.parts[-1].problem == "E-ENCRYPTED"


@given(st.binary(max_size=300), st.integers(0, 200))
def test_damaged_signatures_never_raise(damage: bytes, at: int) -> None:
    """A signature with any bytes overwritten opens to something named."""
    data = bytearray(_sealed("2a864886f70d010702", _der(0x04, eml())))
    data[at : at + len(damage)] = damage
    assert open_submission(bytes(data), "smime.p7m").parts


def test_a_boundary_used_twice_hides_nothing() -> None:
    """An attachment behind a boundary that closed too early is still found."""
    message = (
        "From: a@agency.example\nMessage-ID: <x@agency.example>\nContent-Type: multipart/mixed; boundary=same\n\n"
        "--same\nContent-Type: multipart/alternative; boundary=same\n\n"
        "--same\nContent-Type: text/plain\n\nhello\n--same--\n\n--same\n"
        'Content-Type: text/plain; name="chronology.txt"\n\nthe chronology\n--same--\n'
    )
    opened = open_submission(message.encode(), "a.eml")
    assert any(part.name == "chronology.txt" and b"the chronology" in part.data for part in opened.parts)


def test_text_after_the_last_part_is_kept() -> None:
    """What a broken or odd program writes behind the closing boundary is part of the message's text."""
    opened = open_submission(eml("before") + b"\r\nwritten after the end\r\n", "a.eml")
    assert b"written after the end" in opened.parts[0].data


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "koi8-r", "no-such-charset"])
def test_odd_charsets_give_text(charset: str) -> None:
    """Text in any charset is read; an unknown one is read as what it most likely is."""
    known = charset != "no-such-charset"
    raw = ("Бег" if charset == "koi8-r" else "Zoë").encode(charset if known else "cp1252")
    message = (
        b"From: a@agency.example\nMessage-ID: <x@agency.example>\nContent-Transfer-Encoding: base64\n"
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + base64.b64encode(raw)
    )
    [part] = open_submission(message, "a.eml").parts
    assert part.data.decode() == ("Бег" if charset == "koi8-r" else "Zoë")


def test_a_locked_file_in_an_archive_is_named_and_the_open_one_read() -> None:
    """A password on one member costs that member only."""
    opened = open_submission(encrypted_zip(), "forms.zip")
    assert [(part.name, part.problem) for part in opened.parts] == [("locked.docx", "E-ENCRYPTED"), ("open.txt", "")]


def test_names_in_archives_are_only_names() -> None:
    """Members that point elsewhere, or share a name, keep their bytes and lose their way out."""
    opened = open_submission(path_traversal_zip(), "forms.zip")
    assert _paths(opened) == [
        "forms.zip > job",
        "forms.zip > absolute.txt",
        "forms.zip > x.txt",
        "forms.zip > same.txt",
        "forms.zip > same.txt (2)",
    ]
    assert [part.data for part in opened.parts] == [b"one", b"two", b"three", b"four", b"five"]
    assert all(part.reason for part in opened.parts if part.data != b"four")


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    """A member that holds more than it claims is not taken for whole."""
    assert _problems(open_submission(lying_size_zip(), "forms.zip")) == ["E-UNREADABLE"]


def test_mime_nested_past_the_parsers_reach_is_too_deep() -> None:
    """Multiparts nested more deeply than can be parsed end in a named problem."""
    assert _problems(open_submission(deep_mime(depth=1500), "a.eml")) == ["E-TOO-DEEP"]


def test_what_unfolds_to_too_much_stops_while_unfolding() -> None:
    """The limit on unfolded bytes counts over all containers of a submission."""
    archive = zip_of({f"{number}.txt": bytes([65 + number]) * 900 for number in range(10)})
    opened = open_submission(archive, "forms.zip", limits=Limits(unzipped_bytes=5_000))
    assert _problems(opened)[:5] == [""] * 5
    assert _problems(opened)[5:] == ["E-TOO-LARGE"]


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_files_end_in_a_named_state(case: str) -> None:
    """Whatever is sent ends in a bounded number of parts, each with bytes to read or with a code and a reason."""
    name, build = HOSTILE[case]
    opened = open_submission(build(), name, limits=DEFAULT_LIMITS)
    assert 0 < len(opened.parts) <= DEFAULT_LIMITS.parts + 1
    assert sum(len(part.data) for part in opened.parts) <= DEFAULT_LIMITS.unzipped_bytes
    for part in opened.parts:
        assert bool(part.data) or bool(part.problem)
        assert not part.problem or part.reason


@pytest.mark.skipif(not CORPUS_FILES, reason="the collection of real files is not here")
@pytest.mark.parametrize("path", CORPUS_FILES, ids=range(len(CORPUS_FILES)))
def test_real_files_end_in_a_named_state(path: Path) -> None:
    """Every real, broken and hostile file of the collection opens to named parts within the limits."""
    opened = open_submission(path.read_bytes(), path.name, limits=DEFAULT_LIMITS)
    assert opened.parts or opened.message
    for part in opened.parts:
        assert part.problem == "" or part.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    case=st.sampled_from(["broken_mime_eml", "encrypted_zip", "endless_tnef", "looped_tree_ole", "path_traversal_zip"]),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=5),
)
def test_mutated_files_never_raise(case: str, edits: list[tuple[float, bytes]]) -> None:
    """A file with any bytes overwritten opens to something named."""
    name, build = HOSTILE[case]
    data = bytearray(build())
    for where, bytes_there in edits:
        at = int(where * len(data))
        data[at : at + len(bytes_there)] = bytes_there
    opened = open_submission(bytes(data), name)
    assert opened.parts or opened.message


@settings(max_examples=150, deadline=None)
@given(head=st.text(max_size=200), body=st.text(max_size=200), kind=st.text(max_size=60))
def test_any_text_in_a_message_opens(head: str, body: str, kind: str) -> None:
    """No subject, body or declared type makes opening raise."""
    message = f"Message-ID: <x@agency.example>\nFrom: {head}\nSubject: {head}\nContent-Type: {kind}\n\n{body}"
    opened = open_submission(message.encode("utf-8", "surrogatepass"), "a.eml")
    assert opened.parts or opened.message
