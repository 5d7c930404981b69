"""What the openers of containers share: a found file, and the budget that bounds all unfolding of one submission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from records.errors import InputProblem, TooLarge
from records.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A file found one level inside a container.

    `inside` is set instead of `data` where the child is itself a container without bytes of its own (a message held
    in another message's storage). `problem` is an error code when the child could not be taken out.
    """

    name: str
    data: bytes = b""
    inside: Callable[[Budget], Iterator[Child]] | None = None
    kind: str = ""
    """Set only where the container knows better than the bytes (the text of a message is text)."""
    problem: str = ""
    reason: str = ""
    is_body: bool = False
    inline: bool = False

    @staticmethod
    def failed(name: str, problem: InputProblem, *, data: bytes = b"", kind: str = "") -> Child:
        """A child that could not be taken out, with the reason and what to do next."""
        return Child(name=name, data=data, kind=kind, problem=problem.code, reason=str(problem))


class Budget:
    """What one submission may still unfold to. Counted while unfolding, whatever the sizes in the files claim."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = limits.unzipped_bytes
        self._parts = limits.parts

    @property
    def bytes_left(self) -> int:
        return self._bytes

    def take_bytes(self, count: int) -> None:
        """Count bytes as unfolded; TooLarge once more than the limit came out."""
        self._bytes -= count
        if self._bytes < 0:
            self._bytes = 0
            raise TooLarge("What was sent unfolds to far more than a return ever holds.")

    def take_part(self) -> None:
        """Count a file as opened; TooLarge once there are more than the limit."""
        self._parts -= 1
        if self._parts < 0:
            raise TooLarge(f"There are more than {self.limits.parts} files in what was sent; the rest were not opened.")


def plain_name(untrusted_name: str, *, otherwise: str = "") -> str:
    """The last part of a name, without folders, control characters and what no file system takes; at most 180 long."""
    last = untrusted_name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*').strip(
        " ."
    )
    if len(kept) > 180:
        stem, dot, suffix = kept.rpartition(".")
        kept = f"{stem[:160]}{dot}{suffix[:19]}" if dot else kept[:180]
    return kept or otherwise
