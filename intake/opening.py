"""Opens what arrived: a file is itself; messages and archives give what they hold, to any depth within the limits.

Nothing is decided here and nothing is lost: every file found becomes a part with its bytes, or with the reason why it
could not be had. A container that opened gives its contents and no part of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from intake.archives import unfold_zip
from intake.authentication import verdict_of
from intake.defects import defects_of
from intake.heads import read_head
from intake.mailclass import Classified, classify, never
from intake.messages import parse_mail, unfold_mail
from intake.outlook import open_outlook
from intake.smime import is_encrypted, signed_content
from intake.sniff import sniff
from intake.text_kinds import decode
from intake.tnef import unfold_tnef
from intake.unfolding import Budget, Child, plain_name
from intake.wrappers import Wrapper, find_wrapper
from records.errors import Empty, Encrypted, InputProblem, TooDeep, TooLarge, Unsupported
from records.limits import DEFAULT_LIMITS, Limits
from records.submissions import Message

CONTAINERS = frozenset(("eml", "msg", "tnef", "zip"))
_PATH_MARK = " > "
_REFUSED: dict[str, InputProblem] = {
    "encrypted_office": Encrypted(),
    "empty": Empty(),
    "archive_other": Unsupported(
        "This kind of archive cannot be opened.", hint="Ask the agency to send the forms themselves, or as a .zip file."
    ),
    "other": Unsupported(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPart:
    """One file found in a submission. With a `problem` (an error code) it is not to be read; `reason` says why."""

    path: str
    """How it was nested: "return.docx", "mail.eml > forms.zip > a.pdf". Personal data: never logged."""
    name: str
    data: bytes
    kind: str
    problem: str = ""
    reason: str = ""
    """One plain sentence; with an empty `problem` something worth knowing about a file that can be read."""
    is_body: bool = False
    """The text of a message (of the submission's own message or of an attached one)."""
    inline: bool = False
    """Shown within a message's text, as logos and pasted pictures are."""
    depth: int = 0
    """How many containers it stood in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a submission holds. `message` is the head of the submission itself where it is an e-mail."""

    message: Message | None
    parts: tuple[OpenedPart, ...]
    defects: tuple[str, ...] = ()
    """What was wrong with the message's MIME, as short names."""
    wrapper: Wrapper | None = None
    """Set when the message is only a notice from a secure-mail portal or a link to a shared file."""
    bounced: tuple[str, ...] = ()
    """The Message-IDs that a bounce reports as not delivered."""


def open_submission(
    data: bytes,
    name: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    is_own: Callable[[str], bool] = never,
    authserv_ids: tuple[str, ...] = (),
) -> Opened:
    """Everything that arrived in these bytes. Never raises on what was sent.

    `authserv_ids` are the names under which our own receiving server says what it found out about a sender.
    """
    label = plain_name(name, otherwise="file")
    if len(data) > limits.file_bytes:
        part = _part(Child.failed(label, TooLarge(), kind="other"), label, depth=0)
        return Opened(message=None, parts=(part,))
    kind = sniff(data, name)
    budget = Budget(limits)
    if kind == "eml":
        return _open_mail(data, label, budget, known=Known(is_own, authserv_ids))
    if kind == "msg":
        return _open_outlook(data, label, budget, is_own=is_own)
    whole = Child(name=label, data=data, kind=kind)
    return Opened(message=None, parts=tuple(_open(whole, label, budget, depth=0)))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of our own post."""

    is_own: Callable[[str], bool]
    authserv_ids: tuple[str, ...]


def _open_mail(data: bytes, label: str, budget: Budget, *, known: Known) -> Opened:
    try:
        mail = parse_mail(data, budget)
    except InputProblem as problem:
        return _unopened(Child.failed(label, problem, data=data, kind="eml"), label)
    classified = classify(mail, is_own=known.is_own)
    parts = tuple(_open_all(lambda: unfold_mail(mail, budget), label, budget, depth=1))
    head = read_head(mail).model_copy(update={"authenticated": verdict_of(mail, known.authserv_ids)})
    return _opened_message(head, classified, parts, defects=defects_of(mail))


def _open_outlook(data: bytes, label: str, budget: Budget, *, is_own: Callable[[str], bool]) -> Opened:
    try:
        outlook = open_outlook(data)
        head = outlook.head(budget)
        headers = outlook.transport_headers(budget).encode("utf-8", "replace")
        mail = parse_mail(headers + b"\r\n\r\n", budget)
    except InputProblem as problem:
        return _unopened(Child.failed(label, problem, data=data, kind="msg"), label)
    parts = tuple(_open_all(lambda: outlook.unfold(budget), label, budget, depth=1))
    if mail.keys():
        # The headers it travelled with say more, and more reliably, than Outlook's own properties.
        travelled = read_head(mail)
        head = head.model_copy(
            update={
                "message_id": head.message_id or travelled.message_id,
                "sender": travelled.sender or head.sender,
                "in_reply_to": travelled.in_reply_to or head.in_reply_to,
                "sent_at": head.sent_at or travelled.sent_at,
            }
        )
    own = Classified("own", "This is a message that this service sent itself.") if is_own(head.message_id) else None
    return _opened_message(head, own or classify(mail, is_own=is_own), parts)


def _opened_message(
    head: Message, classified: Classified, parts: tuple[OpenedPart, ...], *, defects: tuple[str, ...] = ()
) -> Opened:
    text = "\n".join(decode(part.data) for part in parts if part.is_body and part.depth == 1)
    files = [(part.name, part.kind) for part in parts if not part.is_body]
    return Opened(
        message=head.model_copy(update={"mail_class": classified.mail_class, "automatic_reason": classified.reason}),
        parts=parts,
        defects=defects,
        wrapper=find_wrapper(head.subject, text, files=files),
        bounced=classified.bounced,
    )


def _unopened(child: Child, label: str) -> Opened:
    return Opened(message=None, parts=(_part(child, label, depth=0),))


def _open_all(unfold: Callable[[], Iterator[Child]], path: str, budget: Budget, *, depth: int) -> Iterator[OpenedPart]:
    """The parts of a container; a problem with the container itself becomes a last part that names it."""
    used: set[str] = set()
    try:
        for child in unfold():
            here = _unused(f"{path}{_PATH_MARK}{child.name}", used)
            used.add(here)
            yield from _open(child, here, budget, depth=depth)
    except InputProblem as problem:
        name = path.rpartition(_PATH_MARK)[2]
        yield _part(Child.failed(name, problem, kind="other"), path, depth=depth - 1)


def _open(child: Child, path: str, budget: Budget, *, depth: int) -> Iterator[OpenedPart]:
    kind = child.kind or sniff(child.data, child.name)
    if kind == "other" and (sealed := signed_content(child.data)) is not None:
        is_message = sealed[:200].lstrip().lower().startswith((b"content-", b"mime-version:"))
        child, kind = replace(child, data=sealed), "eml" if is_message else sniff(sealed)
    budget.take_part()
    if child.problem:
        yield _part(replace(child, kind=kind if child.data or child.kind else "other"), path, depth=depth)
        return
    if kind not in CONTAINERS or child.is_body:
        yield _plain_part(replace(child, kind=kind), path, depth=depth)
        return
    if depth >= budget.limits.nesting:
        yield _part(Child.failed(child.name, TooDeep(), data=child.data, kind=kind), path, depth=depth)
        return
    found = False
    for part in _open_all(lambda: _unfold(child, kind, budget), path, budget, depth=depth + 1):
        found = True
        yield replace(part, kind=kind, data=child.data) if part.path == path and part.problem else part
    if not found:
        nothing = Empty("There is nothing inside.", hint="Ask the agency to send it again.")
        yield _part(Child.failed(child.name, nothing, data=child.data, kind=kind), path, depth=depth)


def _unfold(child: Child, kind: str, budget: Budget) -> Iterator[Child]:
    if child.inside is not None:
        return child.inside(budget)
    if kind == "eml":
        return unfold_mail(parse_mail(child.data, budget), budget)
    if kind == "msg":
        return open_outlook(child.data).unfold(budget)
    return unfold_tnef(child.data, budget) if kind == "tnef" else unfold_zip(child.data, budget)


def _plain_part(child: Child, path: str, *, depth: int) -> OpenedPart:
    refused = _REFUSED.get(child.kind)
    if child.kind == "other" and is_encrypted(child.data):
        refused = Encrypted("The message is encrypted (S/MIME).", hint="Ask the agency to send it without encryption.")
    if refused is not None:
        child = replace(child, problem=refused.code, reason=str(refused))
    return _part(child, path, depth=depth)


def _part(child: Child, path: str, *, depth: int) -> OpenedPart:
    return OpenedPart(
        path=path,
        name=child.name,
        data=child.data,
        kind=child.kind or "other",
        problem=child.problem,
        reason=child.reason,
        is_body=child.is_body,
        inline=child.inline,
        depth=depth,
    )


def _unused(path: str, used: set[str]) -> str:
    """The path itself, or with " (2)" and so on where another file of the container has it already."""
    if path not in used:
        return path
    number = 2
    while f"{path} ({number})" in used:
        number += 1
    return f"{path} ({number})"
