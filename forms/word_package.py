"""Word files as packages of parts: opened, given hidden properties, written to the same bytes for the same parts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

BODY = "word/document.xml"
OUR_COMMENTS = "intake"
"""The initials of the comments we put into an agency's document: when it comes back they are no words of its own."""
_FIRST = "[Content_Types].xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def open_package(data: bytes) -> dict[str, bytes]:
    """The parts of one of our own Word files by name. Never for files from outside: nothing is limited here."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def write_package(parts: dict[str, bytes]) -> bytes:
    """The file with these parts: sorted, fixed dates, so that the same parts give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, parts[name])
    return out.getvalue()


def parse_part(data: bytes) -> etree._Element:
    """The XML of a part; strict, without entities or network."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def serialise_part(root: etree._Element) -> bytes:
    """The bytes of a part's XML."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def read_custom(parts: dict[str, bytes]) -> dict[str, str]:
    """The custom document properties by name."""
    if _CUSTOM not in parts:
        return {}
    return {item.get("name", ""): str(item.xpath("string()")) for item in parse_part(parts[_CUSTOM])}


def with_custom(parts: dict[str, bytes], properties: dict[str, str]) -> dict[str, bytes]:
    """The parts with these custom document properties set over those that are there."""
    merged = read_custom(parts) | properties
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(merged.items()), start=2)
    )
    custom = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{items}</Properties>"
    )
    changed = dict(parts)
    changed[_CUSTOM] = custom.encode("utf-8")
    changed[_FIRST] = _declared(parts[_FIRST])
    changed["_rels/.rels"] = _related(parts["_rels/.rels"])
    return changed


def _declared(types: bytes) -> bytes:
    root = parse_part(types)
    if not any(item.get("PartName") == f"/{_CUSTOM}" for item in root):
        space = etree.QName(root).namespace
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{_CUSTOM}", ContentType=_CUSTOM_TYPE)
    return serialise_part(root)


def _related(relations: bytes) -> bytes:
    root = parse_part(relations)
    if not any(item.get("Type") == _CUSTOM_RELATION for item in root):
        space = etree.QName(root).namespace
        etree.SubElement(
            root, f"{{{space}}}Relationship", Id="rIdIntake", Type=_CUSTOM_RELATION, Target="docProps/custom.xml"
        )
    return serialise_part(root)
