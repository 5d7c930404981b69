"""The parts of the pack in their order, as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generators.packs.answers import answer_blocks
from generators.packs.back import findings_section, glossary_section, people_section, sources_section
from generators.packs.blocks import Block, Heading, Outline, Para, Section
from generators.packs.chronology import Merged
from generators.packs.compared import comparison_section
from generators.packs.content import SECTORS, PackContent, Returned, agency_order
from generators.packs.front import KINDS, asked_and_returned, cover, timeline
from generators.packs.gaps import Gap
from generators.packs.integrated import chronology_section
from generators.packs.words import clean, counted, day_words
from records.cases import Agency

REFERRALS = ("referral", "good_outcome_referral")
PLANS = ("action_plan", "action_plan_verification")


def outline(content: PackContent, merged: Merged, found_gaps: Sequence[Gap]) -> Outline:
    """The whole pack, in the order a panel works through it."""
    sections = [
        timeline(content),
        asked_and_returned(content),
        _referral(content),
        _summaries(content),
        chronology_section(content, merged),
        comparison_section(content, merged, found_gaps),
        _plans(content),
        people_section(content),
        glossary_section(content),
        findings_section(content),
        sources_section(content),
    ]
    case, built = content.case, day_words(content.built_on)
    return Outline(
        title=f"{clean(content.partnership)}: consolidated pack",
        marking=clean(content.marking),
        running=" · ".join((clean(case.reference), KINDS[case.kind], f"edition {content.edition}", built)),
        language="en",
        cover=cover(content),
        sections=tuple(_stepwise(section) for section in sections if section is not None),
    )


def _stepwise(section: Section) -> Section:
    """The section with no heading more than one level below the one before it, as a tagged document must have them."""
    blocks: list[Block] = []
    above = 1
    for block in section.blocks:
        if isinstance(block, Heading):
            above = min(block.level, above + 1)
            block = Heading(above, block.text)
        blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _referral(content: PackContent) -> Section:
    referrals = content.of(*REFERRALS)
    if not referrals:
        return Section("Referral", (Para("No referral form has been filed for this case.", "flag"),))
    blocks: list[Block] = []
    for item in referrals:
        blocks += [_source_line(item), *answer_blocks(item, level=2)]
    return Section("Referral", tuple(blocks))


def _summaries(content: PackContent) -> Section:
    """Every agency that was asked for a summary or sent one has its place, also when there is nothing to show there."""
    returned = content.of("agency_summary")
    asked = [item for item in content.asked if item.form == "agency_summary"]
    agencies: dict[str, Agency] = {item.agency.id: item.agency for item in asked}
    agencies |= {item.agency.id: item.agency for item in returned}
    blocks: list[Block] = []
    sector = ""
    for agency in sorted(agencies.values(), key=agency_order):
        if agency.sector != sector:
            sector = agency.sector
            blocks.append(Heading(2, SECTORS[sector]))
        blocks.append(Heading(3, clean(agency.name)))
        mine = [item for item in returned if item.agency.id == agency.id]
        for item in mine:
            blocks += _summary(item)
        if not mine:
            states = [item.state for item in asked if item.agency.id == agency.id]
            blocks.append(_no_summary(states))
    return Section("Agency summaries", tuple(blocks) or (Para("No agency has been asked for a summary.", "note"),))


def _summary(item: Returned) -> list[Block]:
    nil = item.record.get("has_involvement") == "no" and item.doubt("has_involvement") is None
    if not nil:
        return [_source_line(item), *answer_blocks(item, level=4)]
    said: Block = Para("Nil return: the agency states that it had no involvement with the child or family.", "strong")
    return [_source_line(item), said, *answer_blocks(item, level=4)]


def _no_summary(states: Sequence[str]) -> Para:
    if "withdrawn" in states:
        return Para("The request was withdrawn; no summary is expected.", "note")
    if "nil" in states:
        return Para("Nil return: the agency states that it had no involvement with the child or family.", "strong")
    if "held" in states:
        return Para("A return from this agency has arrived and waits for a person; nothing of it is shown.", "flag")
    return Para("No summary has been received from this agency.", "flag")


def _plans(content: PackContent) -> Section | None:
    plans = content.of(*PLANS)
    if not plans:
        return None
    blocks: list[Block] = []
    for item in plans:
        kind = "Action plan" if item.form == "action_plan" else "Verification"
        blocks += [Heading(2, f"{kind}: {clean(item.agency.name)}"), _source_line(item), *answer_blocks(item, level=3)]
    return Section("Action plans", tuple(blocks))


def _source_line(item: Returned) -> Para:
    source = item.source
    received = f", received {day_words(source.received_on)}" if source.received_on else ""
    open_findings = f"; {counted(len(item.findings), 'open finding')}" if item.findings else ""
    return Para(f"From “{clean(source.name)}”, version {source.version}{received}{open_findings}.", "note")
