"""The back of the pack: people key, glossary, findings, and the documents everything came from."""

from __future__ import annotations

from collections.abc import Iterable

from forms.registry import form
from generators.packs.answers import TO_CONFIRM
from generators.packs.blocks import Block, Cell, Column, Heading, Line, Para, Section, Table, plain
from generators.packs.content import PackContent, Returned, returned_order
from generators.packs.glossary import Entry, Said, glossary, people_key
from generators.packs.words import clean, day_words, edtf_words
from records.fields import walk_asks
from records.results import Finding, Severity

SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFORMATION: "Information"}


def people_section(content: PackContent) -> Section:
    """Who the codes stand for: names that the rest of a circulated pack may have to do without."""
    blocks: list[Block] = []
    children = content.case.children
    if children:
        columns = (
            Column("Code", 1.0),
            Column("Name", 2.0),
            Column("Date of birth", 1.3),
            Column("Date of death", 1.3),
            Column("NHS number", 1.3),
        )
        rows = tuple(
            (
                (Line(clean(child.code), "strong"),),
                plain(clean(child.name)),
                plain(edtf_words(child.date_of_birth) if child.date_of_birth else ""),
                plain(edtf_words(child.date_of_death) if child.date_of_death else ""),
                plain(_grouped(child.nhs_number or "")),
            )
            for child in children
        )
        blocks += [Heading(2, "Subject children"), Table(columns, rows, "Subject children by code")]
    entries = people_key(content.returns)
    blocks += [Heading(2, "People"), *_entries(entries, "Code", "Stands for", "people key")]
    return Section("People key", tuple(blocks), restricted="Restricted sheet: remove before wider circulation")


def _grouped(digits: str) -> str:
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else clean(digits)


def glossary_section(content: PackContent) -> Section:
    """Every term of every agency; different meanings stand side by side."""
    return Section("Glossary", tuple(_entries(glossary(content.returns), "Term", "Meaning", "glossary")))


def _entries(entries: tuple[Entry, ...], term: str, meaning: str, what: str) -> list[Block]:
    if not entries:
        return [Para(f"No agency sent a {what}.", "note")]
    clashes = [entry.term for entry in entries if entry.clash]
    columns = (Column(term, 1.0), Column(meaning, 3.0), Column("Given by", 2.2))
    rows = tuple(
        (_term(entry), (_meaning(said),), plain(clean(", ".join(said.agencies))))
        for entry in entries
        for said in entry.meanings
    )
    blocks: list[Block] = []
    if clashes:
        blocks.append(Para(f"Agencies do not mean the same by: {', '.join(clashes)}.", "flag"))
    return [*blocks, Table(columns, rows, f"Merged {what} of all agencies")]


def _term(entry: Entry) -> Cell:
    clash = (Line("meanings differ", "flag"),) if entry.clash else ()
    return (Line(entry.term or "(no code given)", "strong"), *clash)


def _meaning(said: Said) -> Line:
    words = said.meaning or "(no meaning given)"
    return Line(words, "flag", TO_CONFIRM) if said.unsure else Line(words)


def findings_section(content: PackContent) -> Section:
    """What the checks still say, and what a person must confirm: the exceptions list."""
    blocks: list[Block] = [Heading(2, "Open findings")]
    rows = [_finding(one, "The case", None) for one in content.findings]
    for item in sorted(content.returns, key=returned_order):
        rows += [_finding(one, clean(item.agency.name), item) for one in _worst_first(item.findings)]
    if rows:
        columns = (
            Column("Agency and form", 1.6),
            Column("Severity", 0.9),
            Column("Finding", 2.8),
            Column("What to do", 2.0),
        )
        blocks.append(Table(columns, tuple(rows), "Open findings by agency"))
    else:
        blocks.append(Para("No finding is open.", "note"))
    blocks.append(Heading(2, "Values for a person to confirm"))
    doubts = tuple(
        (
            _holder(item),
            plain(field_title(item, one.field)),
            plain(_as_typed(item, one.field, one.text)),
            plain(clean(one.why)),
        )
        for item in sorted(content.returns, key=returned_order)
        for one in item.review
    )
    if doubts:
        columns = (Column("Agency and form", 1.6), Column("Question", 1.5), Column("As typed", 2.0), Column("Why", 2.2))
        blocks.append(Table(columns, doubts, "Values the reader was not sure of"))
    else:
        blocks.append(Para("No value waits for a person.", "note"))
    return Section("Findings", tuple(blocks))


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    rank = list(SEVERITIES)
    return sorted(findings, key=lambda one: rank.index(one.severity))


def _holder(item: Returned) -> Cell:
    return (Line(clean(item.agency.name), "strong"), Line(form(item.form).title, "small"))


def _finding(one: Finding, who: str, item: Returned | None) -> tuple[Cell, ...]:
    where = field_title(item, one.field) if item and one.field else ""
    severity = Line(SEVERITIES[one.severity], "flag" if one.severity is Severity.ERROR else "plain")
    return (
        _holder(item) if item else (Line(who, "strong"),),
        (severity, Line(clean(one.rule), "small")),
        ((Line(where, "small"),) if where else ()) + (Line(clean(one.message)),),
        plain(clean(one.remedy)),
    )


def _as_typed(item: Returned, field: str, text: str) -> str:
    stood = item.places.get(field)
    words = clean((stood.text if stood else "") or text)
    return f"{words} ({clean(stood.where)})" if stood and stood.where and words else words


def field_title(item: Returned, path: str) -> str:
    """A record path in a reader's words: `events[3].date` → `Events, row 4: Date`."""
    if not path:
        return "The whole return"
    steps = [step.partition("[") for step in path.split(".")]
    plain_path = ".".join(name + ("[]" if bracket else "") for name, bracket, _ in steps)
    titles = dict(walk_asks(form(item.form).record))
    ask = titles.get(plain_path) or titles.get(plain_path.removesuffix("[]"))
    places = [
        name.replace("_", " ").capitalize()
        + (f", row {int(rest.rstrip(']')) + 1}" if rest.rstrip("]").isdigit() else "")
        for name, _, rest in steps
    ]
    if ask is None:
        return ": ".join(places)
    return ": ".join([*places[:-1], ask.title])


def sources_section(content: PackContent) -> Section:
    """Which document, in which version, each part rests on."""
    columns = (
        Column("Agency and form", 1.6),
        Column("Document", 2.0),
        Column("Version", 0.7),
        Column("Received", 1.0),
        Column("Fingerprint (SHA-256)", 2.4),
    )
    rows = tuple(
        (
            _holder(item),
            plain(clean(item.source.name)),
            plain(str(item.source.version)),
            plain(day_words(item.source.received_on)),
            (Line(item.source.sha256, "small"),),
        )
        for item in sorted(content.returns, key=returned_order)
    )
    body: Block = (
        Table(columns, rows, "Documents this edition was built from") if rows else Para("There are none.", "note")
    )
    return Section("Documents this edition was built from", (body,), new_page=False)
