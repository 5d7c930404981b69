"""Takes the body and the attachments out of a message saved by Outlook (.msg: MAPI properties in a compound file)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from intake import mapi
from intake.compound import CompoundFile, Node
from intake.unfolding import Budget, Child, plain_name
from records.errors import InputProblem, TooLarge, Unreadable, Unsupported
from records.submissions import Message

_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_ATTACHMENT = "__attach_version1.0_"
_RECIPIENT = "__recip_version1.0_"
_HEAD_LENGTHS = {"root": 32, "embedded": 24, "part": 8}
_MOST_RECIPIENTS = 300
_BODY_TAGS = (mapi.BODY, mapi.HTML, mapi.RTF_COMPRESSED)


class OutlookMessage:
    """A .msg file, or a message embedded in one, read property by property as they are asked for."""

    def __init__(self, file: CompoundFile, storage: Node, *, place: str = "root") -> None:
        self._file = file
        self._storage = storage
        self._place = place

    def head(self, budget: Budget) -> Message:
        """What is kept of the message's head."""
        properties = self._read(self._storage, self._place, budget, skip=_BODY_TAGS)
        sender = mapi.text_value(
            properties, mapi.SENDER_SMTP, mapi.SENT_REPRESENTING_SMTP, mapi.SENDER_EMAIL, mapi.SENT_REPRESENTING_EMAIL
        )
        return Message(
            message_id=mapi.text_value(properties, mapi.INTERNET_MESSAGE_ID),
            subject=mapi.text_value(properties, mapi.SUBJECT),
            sender=sender.lower() if "@" in sender else "",
            sender_name=mapi.text_value(properties, mapi.SENDER_NAME, mapi.SENT_REPRESENTING_NAME),
            recipients=tuple(self._recipients(budget)),
            sent_at=mapi.time_value(properties, mapi.CLIENT_SUBMIT_TIME, mapi.DELIVERY_TIME),
            in_reply_to=tuple(mapi.text_value(properties, mapi.IN_REPLY_TO).split()[:1]),
        )

    def transport_headers(self, budget: Budget) -> str:
        """The internet headers as the message arrived with them; "" for one that never travelled."""
        properties = self._read(self._storage, self._place, budget, skip=_BODY_TAGS)
        return mapi.text_value(properties, mapi.TRANSPORT_HEADERS)

    def unfold(self, budget: Budget) -> Iterator[Child]:
        """The body first, then the attachments by number, each with its bytes or its problem."""
        yield from mapi.body_parts(
            self._read(self._storage, self._place, budget), limit=min(budget.bytes_left, budget.limits.file_bytes)
        )
        names = sorted(name for name in self._storage.children if name.lower().startswith(_ATTACHMENT))
        for number, name in enumerate(names, start=1):
            try:
                yield self._attachment(self._storage.children[name], number, budget)
            except InputProblem as problem:
                yield Child.failed(f"attachment {number}", problem)
                if budget.bytes_left == 0:
                    return

    def _attachment(self, storage: Node, number: int, budget: Budget) -> Child:
        properties = self._read(storage, "part", budget)
        name = plain_name(
            mapi.text_value(properties, mapi.ATTACH_LONG_FILENAME, mapi.ATTACH_FILENAME, mapi.DISPLAY_NAME),
            otherwise=f"attachment {number}",
        )
        method = mapi.number_value(properties, mapi.ATTACH_METHOD)
        held = storage.children.get(f"{_STREAM}{mapi.ATTACH_DATA:04X}{mapi.TYPE_OBJECT:04X}")
        if held is not None and held.is_storage and _PROPERTIES in held.children:
            inner = OutlookMessage(self._file, held, place="embedded")
            return Child(name=name, inside=inner.unfold, kind="msg")
        data = properties.get(mapi.ATTACH_DATA)
        inline = bool(mapi.text_value(properties, mapi.ATTACH_CONTENT_ID)) or bool(properties.get(mapi.ATTACH_HIDDEN))
        if isinstance(data, bytes):
            return Child(name=name, data=data, inline=inline)
        if method in mapi.BY_REFERENCE:
            raise Unsupported("Only a pointer to this attachment was sent, not the attachment itself.")
        if method == mapi.OLE_OBJECT:
            return Child.failed(name, Unsupported("The attachment is an object pasted into the message."))
        raise Unreadable("The attachment is missing from the message.")

    def _recipients(self, budget: Budget) -> Iterator[str]:
        names = sorted(name for name in self._storage.children if name.lower().startswith(_RECIPIENT))
        for name in names[:_MOST_RECIPIENTS]:
            properties = self._read(self._storage.children[name], "part", budget)
            address = mapi.text_value(properties, mapi.SMTP_ADDRESS, mapi.EMAIL_ADDRESS)
            if "@" in address:
                yield address.lower()

    def _read(self, storage: Node, place: str, budget: Budget, *, skip: tuple[int, ...] = ()) -> dict[int, mapi.Value]:
        fixed = storage.children.get(_PROPERTIES)
        table = self._take(fixed, budget) if fixed is not None else b""
        found = _fixed_properties(table[_HEAD_LENGTHS[place] :])
        codepage = mapi.number_value(found, mapi.MESSAGE_CODEPAGE) or mapi.number_value(found, mapi.INTERNET_CODEPAGE)
        for name, node in storage.children.items():
            if node.is_storage or not name.startswith(_STREAM) or len(name) != len(_STREAM) + 8:
                continue
            try:
                tag, kind = int(name[-8:-4], 16), int(name[-4:], 16)
            except ValueError:
                continue
            if tag in skip or (tag == mapi.ATTACH_DATA and kind == mapi.TYPE_OBJECT) or not _is_wanted(tag):
                continue
            raw = self._take(node, budget)
            if kind == mapi.TYPE_UNICODE:
                found[tag] = raw.decode("utf-16-le", "replace")
            elif kind == mapi.TYPE_STRING8:
                found.setdefault(tag, mapi.string8(raw, codepage))
            elif kind == mapi.TYPE_BINARY:
                found.setdefault(tag, raw)
        return found

    def _take(self, node: Node, budget: Budget) -> bytes:
        limit = min(budget.bytes_left, budget.limits.file_bytes)
        if node.size > limit:
            raise TooLarge("A part of the message is larger than this service accepts.")
        data = self._file.read(node, limit=limit)
        budget.take_bytes(len(data))
        return data


_WANTED = frozenset(
    value for name, value in vars(mapi).items() if name.isupper() and isinstance(value, int) and value >= mapi.SUBJECT
)


def _is_wanted(tag: int) -> bool:
    return tag in _WANTED


def _fixed_properties(table: bytes) -> dict[int, mapi.Value]:
    found: dict[int, mapi.Value] = {}
    for kind, tag, _, raw in struct.iter_unpack("<HHIQ", table[: len(table) // 16 * 16]):
        if kind == mapi.TYPE_TIME:
            moment = mapi.from_filetime(raw)
            if moment:
                found[tag] = moment
        elif kind in (0x0003, 0x0002, 0x000B):
            found[tag] = raw & 0xFFFFFFFF
    return found


def open_outlook(data: bytes) -> OutlookMessage:
    """The message in a .msg file; Unreadable when the file is damaged."""
    file = CompoundFile(data)
    if _PROPERTIES not in file.root.children:
        raise Unreadable("The message is damaged: its properties are missing.")
    return OutlookMessage(file, file.root)
