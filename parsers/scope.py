"""Which block the form is in: under "Referrer", a bare "Name" is the referrer's name."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.wording import SURE, Hit
from records.fields import Record, ask_of, block_of


class Blocks:
    """The blocks of a record and the fields in each."""

    def __init__(self, record: type[Record]) -> None:
        self.fields: dict[str, set[str]] = {"": set()}
        self.order: list[str] = []
        self._add(record, "")

    def _add(self, record: type[Record], path: str) -> None:
        for name in record.model_fields:
            block = block_of(record, name)
            if block is None:
                if ask_of(record, name) is not None:
                    self.fields[path].add(name)
                continue
            inner, many = block
            here = (f"{path}." if path else "") + name + ("[]" if many else "")
            self.fields[here] = set()
            self.order.append(here)
            self._add(inner, here)


class Scope:
    """The blocks that may be meant here, and the item of each list that is being filled.

    `open` holds the blocks that a heading opened (a heading may name two: "Author" opens the author's details or the
    author's signature, the labels below decide). `implied` is the block of the last label that named its block.
    """

    def __init__(self, blocks: Blocks, tabular: frozenset[str] = frozenset()) -> None:
        self.blocks = blocks
        self.tabular = tabular
        """Lists that are always tables of rows, whose short wordings are never labels beside a value."""
        self.open: tuple[str, ...] = ()
        self.implied = ""
        self.items: dict[str, int] = {}
        self._seen: dict[str, set[str]] = {}
        self.guessed: tuple[str, ...] = ()
        """Blocks inferred from the labels of a table that no heading names."""
        self.away = False
        """The table being read asks other things than the open block does."""

    # Opening and closing

    def enter(self, blocks: Iterable[str]) -> None:
        """A heading: opens its blocks. A list's heading met again starts the next item."""
        self.open = tuple(blocks)
        self.implied = ""
        self.guessed = ()
        self.away = False
        for block in self.open:
            if block.endswith("[]") and self._seen.get(block):
                self._next_item(block)

    def leave(self) -> None:
        """An unknown heading: whatever was open is closed."""
        self.open = ()
        self.implied = ""
        self.guessed = ()

    def narrow(self, labels: Iterable[tuple[Hit, ...]]) -> None:
        """Before a table: of several open blocks keep the one that its labels fit; guess one if none is open."""
        rows = [hits for hits in labels if hits]
        self.guessed = ()
        if len(self.open) > 1:
            fits = {block: self._fit(block, rows) for block in self.open}
            best = max(fits.values())
            self.open = tuple(block for block in self.open if fits[block] == best) if best else self.open
        self.guessed = () if self.open else self._guess(rows)
        rival = self._rival(rows)
        if rival:
            self.open, self.guessed = (), (rival,)
        own = sum(1 for hits in rows if any(hit.part == "label" and hit.score >= 0.99 for hit in hits))
        inside = max((self._fit(block, rows) for block in self.open), default=0)
        self.away = bool(self.open) and own >= 2 and inside < own

    def _rival(self, rows: list[tuple[Hit, ...]]) -> str:
        """Another list that a table fits better than the open one: family members under the heading of the child."""
        if len(self.open) != 1 or not self.open[0].endswith("[]"):
            return ""
        here = self._fit(self.open[0], rows)
        fits = {block: self._fit(block, rows) for block in self.blocks.order if block.endswith("[]")}
        best = max(fits, key=lambda block: fits[block])
        return best if fits[best] >= 3 and fits[best] > here else ""

    def _fit(self, block: str, rows: list[tuple[Hit, ...]]) -> int:
        return sum(1 for hits in rows if any(hit.block == block and hit.score >= SURE for hit in hits))

    def _guess(self, rows: list[tuple[Hit, ...]]) -> tuple[str, ...]:
        """Blocks whose short labels fill a table under no known heading: most fitting first, needing three labels."""
        short = [
            hits for hits in rows if not any(hit.part in ("label", "negated") and hit.score >= SURE for hit in hits)
        ]
        fits = {block: self._fit(block, short) for block in self.blocks.order}
        best = max(fits.values(), default=0)
        if best < 3 or best < 0.75 * len(short):
            return ()
        return tuple(
            block for block, fit in fits.items() if fit == best and (block.endswith("[]") or not self._seen.get(block))
        )

    # Choosing

    def best(self, hits: list[Hit]) -> Hit | None:
        """The hit that fits here: labels anywhere, short wordings only inside their block."""
        usable = [hit for hit in hits if self._allowed(hit)]
        if not usable:
            return None
        return max(usable, key=self._rank)

    def _allowed(self, hit: Hit) -> bool:
        if hit.part in ("label", "negated"):
            return True
        if hit.block in self.guessed and hit.part in ("inside", "column"):
            return True
        if hit.part != "inside" or hit.block in self.tabular:
            return False
        return hit.block in self.open or hit.block == self.implied or hit.block in self.guessed

    def _rank(self, hit: Hit) -> tuple[float, float, int, str]:
        inside = hit.block != "" and (
            (hit.block in self.open and not self.away) or (hit.block == self.implied and hit.part == "inside")
        )
        fresh = hit.path not in self._seen.get(hit.block, set())
        nearness = 0.08 if inside else 0.0
        if hit.part == "inside" and hit.block in self.guessed:
            nearness = 0.02 * (len(self.guessed) - self.guessed.index(hit.block)) / len(self.guessed)
        return hit.score + nearness + (0.03 if fresh else 0.0), 0.0, 1 if hit.part == "label" else 0, hit.path

    # Placing

    def take(self, hit_path: str) -> str:
        """Notes that a label was met and gives its path with the item's number filled in."""
        block = hit_path.partition("+")[0].partition("#")[0].rpartition(".")[0]
        seen = self._seen.setdefault(block, set())
        if block.endswith("[]"):
            if hit_path in seen:
                self._next_item(block)
                seen = self._seen[block]
            self.items.setdefault(block, 0)
        seen.add(hit_path)
        if block:
            self.implied = block
        return self.concrete(hit_path)

    def concrete(self, path: str) -> str:
        for block, number in self.items.items():
            if path.startswith(block + "."):
                return f"{block[:-2]}[{number}]{path[len(block) :]}"
        return path

    def _next_item(self, block: str) -> None:
        self.items[block] = self.items.get(block, 0) + 1
        self._seen[block] = set()

    def is_unsure(self, hit: Hit) -> bool:
        """Whether nothing but the order of the form says which block a short label belongs to."""
        if hit.part != "inside" or hit.block == self.implied:
            return False
        rivals = self.guessed if hit.block in self.guessed else self.open
        name = hit.path.rpartition(".")[2].partition("#")[0]
        return sum(1 for block in rivals if name in self.blocks.fields.get(block, ())) > 1
