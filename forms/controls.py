"""The content controls of our own forms, as WordprocessingML. Each carries the record path of its answer as its tag.

Text, date, drop-down list and tick box as Word makes them, showing a prompt until they are filled; items of a list sit
in repeating sections, so that people add rows and children with a click.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
BOX, TICKED = "☐", "☒"
_SPACES = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="{W15}"'


@dataclass(frozen=True, slots=True)
class Answer:
    """One place for an answer: the tag (a record path), the name a screen reader says, the prompt, and the options."""

    tag: str
    name: str
    prompt: str = ""
    options: tuple[str, ...] = ()


def text_control(answer: Answer) -> etree._Element:
    """A text control inside a line. Rich, not plain: LibreOffice forgets the type size of plain ones."""
    return _inline(answer, "")


def date_control(answer: Answer) -> etree._Element:
    """A date picker that writes dd/MM/yyyy."""
    kind = (
        '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _inline(answer, kind)


def choice_control(answer: Answer) -> etree._Element:
    """A drop-down list of the options."""
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(option)} w:value={quoteattr(option)}/>" for option in answer.options
    )
    return _inline(answer, f"<w:dropDownList>{items}</w:dropDownList>")


def long_control(answer: Answer) -> etree._Element:
    """A control that holds paragraphs; it takes the place of a cell's paragraphs."""
    return _parse(f"<w:sdt>{_properties(answer, '')}<w:sdtContent><w:p>{_prompt(answer)}</w:p></w:sdtContent></w:sdt>")


def tick_control(tag: str, name: str) -> etree._Element:
    """A tick box, empty."""
    return _parse(
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(name[:64])}/><w:tag w:val={quoteattr(tag)}/>"
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"'
        f' w:hint="eastAsia"/></w:rPr><w:t>{BOX}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def repeat(name: str, items: list[list[etree._Element]]) -> etree._Element:
    """A repeating section around the items (each a list of rows, or of paragraphs and tables)."""
    section = _parse(
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(name[:64])}/><w15:repeatingSection/></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    for elements in items:
        item = _parse("<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent/></w:sdt>")
        item[1].extend(elements)
        section[1].append(item)
    return section


def number_controls(root: etree._Element) -> None:
    """Give every control an id of its own, counted in reading order."""
    for number, properties in enumerate(root.iter(f"{{{W}}}sdtPr"), start=1001):
        for old in properties.findall(f"{{{W}}}id"):
            properties.remove(old)
        identity = etree.Element(f"{{{W}}}id")
        identity.set(f"{{{W}}}val", str(number))
        first = {f"{{{W}}}rPr", f"{{{W}}}alias", f"{{{W}}}tag"}
        properties.insert(sum(child.tag in first for child in properties), identity)


def declare_spaces(root: etree._Element) -> etree._Element:
    """The document with the newer namespaces declared at its root and marked as ones that old programs may ignore."""
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    spaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    declared = etree.Element(root.tag, nsmap=spaces | {"w14": W14, "w15": W15, "mc": space})
    declared.set(f"{{{space}}}Ignorable", "w14 w15")
    declared.extend(list(root))
    etree.cleanup_namespaces(declared, keep_ns_prefixes=["w", "w14", "w15", "mc", "r"])
    return declared


def _inline(answer: Answer, kind: str) -> etree._Element:
    return _parse(f"<w:sdt>{_properties(answer, kind)}<w:sdtContent>{_prompt(answer)}</w:sdtContent></w:sdt>")


def _properties(answer: Answer, kind: str) -> str:
    return (
        f"<w:sdtPr><w:alias w:val={quoteattr(answer.name[:64])}/><w:tag w:val={quoteattr(answer.tag)}/>"
        f"<w:showingPlcHdr/>{kind}</w:sdtPr>"
    )


def _prompt(answer: Answer) -> str:
    return (
        '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(answer.prompt)}</w:t></w:r>'
    )


def _parse(inner: str) -> etree._Element:
    element = etree.fromstring(inner.replace("<w:sdt>", f"<w:sdt {_SPACES}>", 1))
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "w14", "w15"])
    return element
