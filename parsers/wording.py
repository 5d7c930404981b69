"""Labels as people print them: normal forms, and the index that says which field a wording asks for.

Wordings are data (`forms/*/labels.toml`). Here is the mechanism: exact after normalising, then misspelt, then reworded
(by the weight of shared words). The score says how sure a hit is; the caller decides what is sure enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from forms.registry import Form
from parsers.concepts import Meanings, folded
from parsers.likeness import STOP, Bags, Spellings, stem
from parsers.readers.ticks import CROSSES, EMPTY_BOXES, TICKED_BOXES, TICKS
from records.fields import Kind, walk_asks

_ANSWERS = frozenset(
    ("yes", "no", "y", "n", "nk", "n k", "na", "n a", "none", "not known", "unknown", "not applicable", "tbc", "nil")
)
_ANSWER_WORDS = frozenset(("yes", "no", "not", "known", "n", "k", "y", "unknown", "or", "a", "x"))
"""Texts that are always answers (or alternatives), however much they look like a label."""
_Note = Callable[[Iterable[tuple[str, str]], float], None]
_REMEMBERED = 20_000
"""Texts whose meaning an index remembers before it forgets them all; a worker reads documents for days."""
EXACT = 1.0
_TITLE_VOICE = 3.0
"""A form's title says more of what it is than any of its questions."""
SURE = 0.84
"""Hits at or above this are taken without asking."""
LIKELY = 0.62
"""Hits at or above this are taken, and what they place is shown to a person."""
_SAME_CONCEPTS = 0.8
"""How sure a wording is whose words mean the same as those of a known one: never sure enough not to be shown."""
_SPOKEN = 0.15
"""What a wording gains over LIKELY when all it says speaks for one field."""
_LONGEST = 160
"""Letters of the longest question; what is longer is an answer."""

_TRANSLATE = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-",
        "\u00ad": "", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip
_NUMBER = re.compile(
    r"^(?:q(?:uestion)?\.?\s*)?(?:\(?\d{1,2}(?:\.\d{1,2})*\s?[a-h]?\)?[.):]?\s+|\(?\d{1,2}(?:\.\d{1,2})*\s?[a-h]?[.):]\s*"
    r"|\([a-h]\)\s*|\(?[a-h]\)\s+|[a-h]\.\s+|\((?:i|ii|iii|iv|v|vi)\)\s*)",
    re.IGNORECASE,
)
_PART = re.compile(r"^(?:part|section|appendix)\s+(?:\d{1,2}|[a-h])\s*[:.–-]*\s*", re.IGNORECASE)
_FILLER = re.compile(r"[_.…·]{3,}|\b(?:required|mandatory|optional)\b|[*]", re.IGNORECASE)
_FILLER_SIGNS = ("*", "_", "..", "…", "·", "required", "mandatory", "optional")
"""Without any of them there is no filler; a look that costs little."""
_PAREN = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CHOICES = re.compile(
    r"\(?\s*\b(?:y\s?/\s?n|yes\s?/\s?no(?:\s?/\s?(?:n/?k|not known))?|delete as appropriate|please tick)\b\s*\)?", re.I
)
_MARKS = EMPTY_BOXES | TICKED_BOXES | TICKS | CROSSES
_LAST_NUMBER = re.compile(r"(?<=[a-z])\s+(?:no\.?\s*)?\d{1,2}$")
_HALVES = re.compile(r"\s+[/|]\s+|\n+")
_WORD = re.compile(r"[a-z0-9]+")

_PHRASES = (
    (re.compile(r"\bd o b\b|\bdate of birth\b|\bbirth date\b"), "dob"),
    (re.compile(r"\be mail\b"), "email"),
    (re.compile(r"\b(?:telephone|phone|tel|contact|mobile) (?:number|no|telephone|phone)\b"), "phone"),
    (re.compile(r"\b(?:telephone|mobile|tel)\b"), "phone"),
    (re.compile(r"\bjob title\b|\bdesignation\b|\bpost held\b|\bposition held\b"), "role"),
    (re.compile(r"\b(?:first|given) names?\b"), "forename"),
    (re.compile(r"\b(?:last|family) names?\b"), "surname"),
    (re.compile(r"\borganisations?\b|\borganizations?\b"), "agency"),
    (re.compile(r"\bagencies\b"), "agency"),
    (re.compile(r"\bsignature\b|\bsigned\b"), "sign"),
    (re.compile(r"\byoung person\b|\bchildren\b|\bchilds\b"), "child"),
    (re.compile(r"\bcommunity care\b"), "care"),
    (re.compile(r"\bchildrens social care\b|\bchild social care\b"), "social care"),
    (re.compile(r"\byoung (?:persons|peoples?)\b"), "child"),
    (re.compile(r"\bcp plan\b|\bcpp\b"), "child protection plan"),
    (re.compile(r"\bsub group\b"), "subgroup"),
    (re.compile(r"\b(?:ref|reference|case) (?:no|number)\b|\bref\b"), "reference"),
    (re.compile(r"\blessons?\b|\blearnt\b|\blearned\b"), "learning"),
    (re.compile(r"\b(?:multi|inter) ?agency\b"), "interagency"),
    (re.compile(r"\b(?:potential|possible|anticipated|expected)\b"), "likely"),
    (re.compile(r"\b(?:informed|told|notified)\b"), "aware"),
    (re.compile(r"\b(?:steps|measures)(?: taken)?\b"), "action"),
    (re.compile(r"\b(?:timeframe|timespan|time period|timescale)\b"), "period"),
    (re.compile(r"\b(?:ongoing|concurrent|parallel|under way)\b"), "underway"),
)
_ANY_PHRASE = re.compile("|".join(pattern.pattern for pattern, _ in _PHRASES))
SOFT = frozenset(
    "brief detail describe outlin summary summaris provide stat explain overview description account tick indicat tell "
    "about known relevant follow these plea".split()
)
"""Words that say how to answer rather than what is asked; they weigh little."""


def plain(text: str) -> str:
    """Lower case, straight quotes, one space between words, nothing around; the base of every comparison."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_TRANSLATE).casefold().split())


@lru_cache(maxsize=50_000)
def normal(text: str) -> str:
    """The normal form of a label: no numbering, no filler, no punctuation ("1.22  D.O.B.:" → "dob")."""
    base = plain(text)
    base = _NUMBER.sub("", base, count=1)
    if any(sign in base for sign in _FILLER_SIGNS):
        base = _FILLER.sub(" ", base)
    base = base.replace("'", "").replace("&", " and ")
    return " ".join(_WORD.findall(base)).replace("d o b", "dob").replace("e mail", "email")


@lru_cache(maxsize=50_000)
def variants(text: str) -> tuple[tuple[str, float], ...]:
    """The normal forms under which a label may be known, each with how much it counts."""
    found: dict[str, float] = {}

    def add(candidate: str, weight: float) -> None:
        form = normal(candidate)
        if form and found.get(form, 0) < weight:
            found[form] = weight

    add(text, 1.0)
    add(_PAREN.sub(" ", text), 0.97)
    add(_PART.sub("", plain(text)), 0.97)
    add(_CHOICES.sub(" ", text), 0.97)
    add(_LAST_NUMBER.sub("", plain(text)), 0.95)
    halves = [half for half in _HALVES.split(text) if half.strip()]
    if len(halves) > 1:
        for half in halves:
            add(half, 0.95)
            add(_PAREN.sub(" ", half), 0.93)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=50_000)
def canon(form: str) -> tuple[str, ...]:
    """The words that carry meaning in a normal form, synonyms folded and endings cut."""
    if _ANY_PHRASE.search(form):
        for pattern, replacement in _PHRASES:
            form = pattern.sub(replacement, form)
    return tuple(sorted({stem(word) for word in form.split() if word not in STOP}))


def concepts(form: str) -> tuple[str, ...]:
    """The concepts of a normal form: `canon` after words that mean the same on most forms are made one."""
    return canon(folded(form))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a wording may ask for. `part` is label, inside, column, heading, negated or title."""

    path: str
    part: str
    score: float

    @property
    def block(self) -> str:
        """The block the field belongs to ("referrer", "children[]"), "" for a field of the form itself."""
        return block_of(self.path)


@lru_cache(maxsize=10_000)
def block_of(path: str) -> str:
    """The block of a record path; of `a.b+c` the block of the first."""
    return path.partition("+")[0].partition("#")[0].rpartition(".")[0]


def _group(entry: tuple[str, str]) -> str:
    """Among which entries a wording must speak clearly for one: those anywhere in the form, or in one block."""
    path, part = entry
    return "" if part in ("label", "negated", "heading") else f"{part} {block_of(path)}"


class FormIndex:
    """Finds what the wordings of one form mean. Build once per form and keep."""

    def __init__(self, form: Form) -> None:
        self.form = form
        words = form.wordings
        self._exact: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for part, table in (
            ("label", words.labels),
            ("inside", words.inside),
            ("column", words.columns),
            ("heading", words.headings),
            ("negated", words.negated),
        ):
            self._add(part, table)
        self._add("title", {"": words.titles})
        self._canon: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for form_text, entries in self._exact.items():
            words_of = canon(form_text)
            if words_of:
                self._canon[words_of] += entries
        self._bags = Bags(self._canon, SOFT)
        meant: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for form_text, entries in self._exact.items():
            meant[concepts(form_text)] += [entry for entry in entries if entry[1] != "title"]
        self._meanings = Meanings(meant, SOFT, _group)
        self.words = self._voices()
        """How many of the form's fields, headings and columns use a word, each counted by the share of its wordings."""
        self.kinds = {path: ask.kind for path, ask in walk_asks(form.record)}
        self.needed = frozenset(path for path, ask in walk_asks(form.record) if ask.needed)
        self._yes_no = [
            path for path, ask in walk_asks(form.record) if ask.kind is Kind.YES_NO and path in words.columns
        ]
        columns = {block_of(path) for path in words.columns}
        self.tabular = frozenset(
            block
            for block in columns
            if block.endswith("[]") and not any(block_of(path) == block for path in words.labels)
        )
        """Lists that stand only in tables of repeating rows."""
        self.options = {name: OptionIndex(codes) for name, codes in words.options.items()}
        self._prompts = {normal(text) for text in words.prompts}
        self._prompt_heads = {found.group() for text in words.prompts if (found := _WORD.search(text.casefold()))}
        self._prompt_heads |= {prompt.partition(" ")[0] for prompt in self._prompts}
        self._longest_prompt = max((len(text) for text in words.prompts), default=0) + 40
        self._spellings = Spellings(self._exact, self._bags.weight)
        self._cache: dict[str, tuple[Hit, ...]] = {}
        self._sure: dict[str, tuple[Hit, ...]] = {}

    def _add(self, part: str, table: Mapping[str, Iterable[str]]) -> None:
        for path, texts in table.items():
            for text in texts:
                entry = (path, part)
                known = self._exact[normal(text)]
                if entry not in known:
                    known.append(entry)

    def _voices(self) -> dict[str, float]:
        sizes = Counter(entry for entries in self._canon.values() for entry in entries)
        voices: dict[str, float] = defaultdict(float)
        for words_of, entries in self._canon.items():
            for entry in entries:
                for word in words_of:
                    voices[word] += (_TITLE_VOICE if entry[1] == "title" else 1.0) / sizes[entry]
        return dict(voices)

    def find(self, text: str) -> tuple[Hit, ...]:
        """What the text may ask for, best first; empty when it is no label of this form."""
        cached = self._cache.get(text)
        if cached is None:
            if len(self._cache) >= _REMEMBERED:
                self._cache.clear()
            cached = self._cache[text] = self._find(text)
        return cached

    def sure(self, text: str) -> tuple[Hit, ...]:
        """The hits of `find` that are sure, when nothing else is wanted of them; quicker where there are none."""
        hits = self._cache.get(text)
        if hits is None:
            hits = self._sure.get(text)
        if hits is None:
            if len(self._sure) >= _REMEMBERED:
                self._sure.clear()
            hits = self._sure[text] = self._find(text, SURE)
        return tuple(hit for hit in hits if hit.score >= SURE) if hits else hits

    def exact(self, text: str, part: str) -> list[str]:
        """The paths whose wordings of one part equal the text after normalising; cheap."""
        entries = self._exact.get(normal(text))
        return [path for path, found in entries if found == part] if entries else []

    def yes_no_columns(self, block: str) -> list[str]:
        """The yes/no fields of a list that stand in columns."""
        return [path for path in self._yes_no if path.startswith(f"{block}.")]

    def is_prompt(self, text: str) -> bool:
        """Whether the text is printed guidance of this form."""
        if len(text) > self._longest_prompt:
            return False
        if not any(map(str.isalnum, text)):
            return not any(char in _MARKS for char in text)  # a lone tick is an answer
        head = _WORD.search(text[:60].casefold())
        if head is not None and head.group() not in self._prompt_heads and not head.group()[0].isdigit():
            return not any(char.isalnum() for char in text)
        form = normal(text)
        if not form:
            return True
        if form in self._prompts:
            return True
        words = form.split()
        return len(form) > 24 and any(
            len(prompt_words := prompt.split()) == len(words)
            and all(
                one == other or (len(one) > 3 and OSA.distance(one, other) <= 2)
                for one, other in zip(words, prompt_words, strict=True)
            )
            for prompt in self._prompts
        )

    def _asks_nothing(self, form: str) -> bool:
        """Whether a text is known for guidance or for an answer, so that it is no question in other words."""
        return form in self._prompts or form in _ANSWERS or set(form.split()) <= _ANSWER_WORDS

    def _find(self, text: str, floor: float = 0.0) -> tuple[Hit, ...]:
        if not text.strip() or len(text) > 400:
            return ()
        best: dict[tuple[str, str], float] = {}

        def note(entries: Iterable[tuple[str, str]], score: float) -> None:
            for entry in entries:
                if best.get(entry, 0) < score:
                    best[entry] = score

        forms = variants(text)
        for form, weight in forms:
            note(self._exact.get(form, ()), weight)
        if not best and self._asks_nothing(normal(text)):
            return ()
        if not best:
            for form, weight in forms:
                self._misspelt(form, weight, note)
        if not best:
            for form, weight in forms:
                self._reworded(form, weight, note, floor)
            if floor < SURE and max(best.values(), default=0.0) < SURE:
                self._meant(forms[0][0], best)
        hits = [Hit(path, part, round(score, 3)) for (path, part), score in best.items()]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.path, hit.part)))

    def _misspelt(self, form: str, weight: float, note: _Note) -> None:
        if len(form) < 5:
            return
        cutoff = 0.75 if len(form) < 12 else 0.84
        for known, score in self._spellings.alike(form, cutoff, limit=6):
            note(self._exact[known], weight * (0.85 + 0.14 * (score - cutoff) / (1 - cutoff)))

    def _reworded(self, form: str, weight: float, note: _Note, floor: float) -> None:
        words = canon(form)
        if not words:
            return
        if words in self._canon and (len(words) > 1 or len(form) > 12):
            fields = {path for path, part in self._canon[words] if part in ("label", "negated")}
            # Words that several fields share tell none of them: taken, but shown to a person.
            note(self._canon[words], weight * (0.9 if len(fields) <= 1 else 0.75))
            return
        for known, score in self._bags.alike(words, max(0.5, floor / 0.9)):
            if score >= 0.5:
                note(self._canon[known], weight * score * 0.9)

    def _meant(self, form: str, best: dict[tuple[str, str], float]) -> None:
        """Adds what the concepts of a text speak for; never sure, so that a person is shown it."""
        words = concepts(form)
        if not words or len(form) > _LONGEST:
            return
        for entry in self._meanings.known.get(words, ()):
            if entry[1] != "heading":
                best[entry] = max(best.get(entry, 0.0), _SAME_CONCEPTS)
        for entry, score in self._meanings.clearest(words):
            if entry[1] != "heading":  # what only may be a heading opens nothing
                best[entry] = max(best.get(entry, 0.0), LIKELY + _SPOKEN * score)


class OptionIndex:
    """The options of one choice field."""

    def __init__(self, codes: Mapping[str, Iterable[str]]) -> None:
        self.codes = tuple(codes)
        self._exact = {normal(text): code for code, texts in codes.items() for text in texts}
        self._canon = {canon(form): code for form, code in self._exact.items() if canon(form)}
        self._bags = Bags(self._canon)
        self._spellings = Spellings(self._exact, self._bags.weight)
        self._cache: dict[str, tuple[str, float] | None] = {}

    @property
    def wordings(self) -> list[str]:
        """Normal forms of all wordings, longest first."""
        return sorted(self._exact, key=len, reverse=True)

    def code_of_form(self, form: str) -> str | None:
        return self._exact.get(form)

    def find(self, text: str) -> tuple[str, float] | None:
        """The code that the text words, with how sure; None when it words none."""
        if text not in self._cache:
            if len(self._cache) >= _REMEMBERED:
                self._cache.clear()
            self._cache[text] = self._find(text)
        return self._cache[text]

    def _find(self, text: str) -> tuple[str, float] | None:
        for form, weight in variants(text):
            if form in self._exact:
                return self._exact[form], weight
        for form, weight in variants(text):
            if len(form) < 6:
                continue
            for known, _ in self._spellings.alike(form, 0.86, limit=1):
                return self._exact[known], weight * 0.93
        return self._reworded(text)

    def _reworded(self, text: str) -> tuple[str, float] | None:
        best: dict[str, float] = {}
        for form, weight in variants(text):
            for known, score in self._bags.alike(canon(form)):
                code = self._canon[known]
                best[code] = max(best.get(code, 0), weight * 0.9 * score)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if ranked and ranked[0][1] >= 0.45 and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] > 0.08):
            code, score = ranked[0]
            # The options of one question are few and unlike; a clear distance to the next best is as good as likeness.
            clear = len(ranked) == 1 or score - ranked[1][1] >= 0.25
            return (code, max(score, 0.8)) if clear and score >= 0.5 else ranked[0]
        return None
