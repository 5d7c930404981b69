"""Builds Word files for tests from a compact description, as raw XML: whatever Word, or somebody else, may write.

A plain string is text; `Xml` is markup already made. Blocks (`p`, `table`, `block_control`) go into `document`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_STRICT = {
    _W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN_TYPES = {
    "docx": f"{_TYPE}.document.main+xml",
    "dotx": f"{_TYPE}.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}
_REVISION = 'w:id="90" w:author="Avery Example" w:date="2026-03-02T09:00:00Z"'


class Xml(str):
    """Markup, as against a plain string, which is text."""

    __slots__ = ()


Part = str
"""A string: text, or `Xml`."""


def text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t>'


def run(words: Part, look: str = "") -> Xml:
    """A run; `look` names properties: "b i strike vanish highlight u", "color=808080", "rFonts=Wingdings"."""
    inner = words if isinstance(words, Xml) else "<w:br/>".join(map(text, words.split("\n")))
    return Xml(f"<w:r>{_look(look)}{inner}</w:r>")


def _look(look: str) -> str:
    made = []
    for item in look.split():
        name, _, value = item.partition("=")
        if name == "rFonts":
            made.append(f'<w:rFonts w:ascii="{value}" w:hAnsi="{value}"/>')
        elif name == "highlight":
            made.append(f'<w:highlight w:val="{value or "yellow"}"/>')
        elif name == "u":
            made.append('<w:u w:val="single"/>')
        else:
            made.append(f'<w:{name} w:val="{value}"/>' if value else f"<w:{name}/>")
    return f"<w:rPr>{''.join(made)}</w:rPr>" if made else ""


def _runs(parts: Iterable[Part], look: str = "") -> str:
    return "".join(part if isinstance(part, Xml) else run(part, look) for part in parts)


def p(*parts: Part, style: str = "", look: str = "", mark_deleted: bool = False) -> Xml:
    """A paragraph of runs."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner += f"<w:rPr><w:del {_REVISION}/></w:rPr>" if mark_deleted else ""
    return Xml(f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{_runs(parts, look)}</w:p>")


def bold(*parts: Part) -> Xml:
    """A paragraph in bold, as labels and headings often are."""
    return p(*parts, look="b")


def heading(words: str, level: int = 1) -> Xml:
    return p(words, style=f"Heading{level}")


# Tables


def cell(*parts: Part, span: int = 1, merge: str = "", shade: str = "") -> Xml:
    """A cell: each string a paragraph, each `Xml` a block. `merge` is "restart", "continue" or ""."""
    inner = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        inner += "<w:vMerge/>" if merge == "continue" else '<w:vMerge w:val="restart"/>'
    inner += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    blocks = "".join(part if isinstance(part, Xml) else p(part) for part in parts) or "<w:p/>"
    blocks += "" if blocks.endswith(("</w:p>", "<w:p/>", "</w:sdt>")) else "<w:p/>"
    return Xml(f"<w:tc><w:tcPr>{inner}</w:tcPr>{blocks}</w:tc>")


def label(words: str, *, span: int = 1, merge: str = "") -> Xml:
    """A cell with a label as forms print it: bold on grey."""
    return cell(bold(words), span=span, merge=merge, shade="D9E2F3")


def row(*cells: Part, header: bool = False, revision: str = "") -> Xml:
    """A row; strings become cells. `revision` is "ins" or "del" for a tracked row."""
    inner = "<w:tblHeader/>" if header else ""
    inner += f"<w:{revision} {_REVISION}/>" if revision else ""
    made = "".join(item if item.startswith(("<w:tc>", "<w:sdt>")) else cell(item) for item in cells)
    return Xml(f"<w:tr>{f'<w:trPr>{inner}</w:trPr>' if inner else ''}{made}</w:tr>")


def table(*rows: Iterable[Part]) -> Xml:
    """A table; a row is `row(...)` or a list of cells."""
    return Xml(f"<w:tbl><w:tblPr/>{''.join(item if isinstance(item, Xml) else row(*item) for item in rows)}</w:tbl>")


def form(*pairs: tuple[Part, Part]) -> Xml:
    """A table of labels (bold, shaded) with their values beside them."""
    return table(*([name if name.startswith("<w:tc>") else label(name), value] for name, value in pairs))


# Controls and fields


def control(content: Xml, properties: str = "<w:text/>", *, prompt: bool = False, tag: str = "") -> Xml:
    """A content control round runs, blocks, a cell or a row: the level is that of what stands in it."""
    inner = (f'<w:tag w:val="{tag}"/>' if tag else "") + ("<w:showingPlcHdr/>" if prompt else "") + properties
    return Xml(f"<w:sdt><w:sdtPr>{inner}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")


def date_control(words: str, day: str) -> Xml:
    return control(run(words), f'<w:date w:fullDate="{day}T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>')


def choice_control(words: str, options: Iterable[str]) -> Xml:
    items = "".join(f'<w:listItem w:displayText="{escape(option)}" w:value="{escape(option)}"/>' for option in options)
    return control(run(words), f"<w:dropDownList>{items}</w:dropDownList>")


def check_control(*, ticked: bool) -> Xml:
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return control(run("☒" if ticked else "☐"), state)


def repeating(*items: Xml) -> Xml:
    """A repeating section, each item in a control of its own."""
    inner = "".join(control(item, "<w15:repeatingSectionItem/>".replace("w15", "w14")) for item in items)
    return control(Xml(inner), "<w14:repeatingSection/>")


def _field(data: str, result: str) -> Xml:
    return Xml(
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="F1"/>{data}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORM </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def legacy_text(words: str) -> Xml:
    return _field("<w:textInput/>", run(words))


def legacy_check(*, ticked: bool) -> Xml:
    return _field(f'<w:checkBox><w:default w:val="0"/><w:checked w:val="{int(ticked)}"/></w:checkBox>', "")


def legacy_choice(options: Iterable[str], chosen: int) -> Xml:
    items = "".join(f'<w:listEntry w:val="{escape(option)}"/>' for option in options)
    return _field(f'<w:ddList><w:result w:val="{chosen}"/>{items}</w:ddList>', "")


def sym(font: str, code: str) -> Xml:
    return Xml(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')


# Changes, notes, boxes


def inserted(content: Xml, name: str = "ins") -> Xml:
    return Xml(f"<w:{name} {_REVISION}>{content}</w:{name}>")


def deleted(words: str) -> Xml:
    body = f'<w:r><w:delText xml:space="preserve">{escape(words, quote=False)}</w:delText></w:r>'
    return Xml(f"<w:del {_REVISION}>{body}</w:del>")


def moved_from(words: str) -> Xml:
    return Xml(f"<w:moveFrom {_REVISION}>{run(words)}</w:moveFrom>")


def comment_mark(number: int) -> Xml:
    return Xml(f'<w:commentRangeStart w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>')


def footnote_mark(number: int) -> Xml:
    return Xml(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')


def text_box(*blocks: Xml) -> Xml:
    """A text box as Word writes it: the same content twice, as a choice and as a fallback."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return Xml(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture() -> Xml:
    return Xml("<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic></wp:inline>"
               "</w:drawing></w:r>")  # fmt: skip


def ring() -> Xml:
    """An ellipse without text, as people draw it round an answer."""
    return Xml("<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst='ellipse'/>"
               "</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>")  # fmt: skip


# The package


@dataclass(slots=True)
class Beside:
    """What stands beside the body: notes by their number, headers, custom properties, anything else by part name."""

    header: Xml | None = None
    footer: Xml | None = None
    comments: Mapping[int, str] = field(default_factory=dict)
    footnotes: Mapping[int, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, bytes] = field(default_factory=dict)
    relations: str = ""


def document(*blocks: Xml, beside: Beside | None = None, kind: str = "docx", strict: bool = False) -> bytes:
    """The bytes of a Word file with these blocks as its body; the same description gives the same bytes."""
    around = beside or Beside()
    parts = {"document": _root("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"), "styles": _STYLES}
    relations = [("styles", "styles.xml")]
    for name, content in (("header", around.header), ("footer", around.footer)):
        if content is not None:
            parts[f"{name}1"] = _root("hdr" if name == "header" else "ftr", content)
            relations.append((name, f"{name}1.xml"))
    for name, notes in (("comments", around.comments), ("footnotes", around.footnotes)):
        if notes:
            item = name[:-1]
            inner = "".join(
                f'<w:{item} w:id="{number}" w:author="Avery Example">{p(words)}</w:{item}>'
                for number, words in notes.items()
            )
            parts[name] = _root(name, inner)
            relations.append((name, f"{name}.xml"))
    members = {f"word/{name}.xml": content.encode() for name, content in parts.items()}
    members["word/_rels/document.xml.rels"] = _relations(relations, around.relations).encode()
    if around.properties:
        members["docProps/custom.xml"] = _properties(around.properties).encode()
    members.update(around.extra)
    return _package(members, kind, strict=strict)


def _root(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {_NAMESPACES}>{inner}</w:{name}>'


_STYLES = _root(
    "styles",
    "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        for level in (1, 2, 3)
    )
    + '<w:style w:type="paragraph" w:styleId="Concealed"><w:rPr><w:vanish/></w:rPr></w:style>',
)


def _relations(items: Iterable[tuple[str, str]], extra: str = "") -> str:
    made = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(items, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}{extra}'
        "</Relationships>"
    )


def _properties(items: Mapping[str, str]) -> str:
    made = "".join(
        f'<property name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for name, value in items.items()
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{made}</Properties>'
    )


def _package(members: dict[str, bytes], kind: str, *, strict: bool) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN_TYPES[kind]}"/>'
        "</Types>"
    )
    files = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]).encode(),
        **members,
    }
    if strict:
        for old, new in _STRICT.items():
            files = {name: data.replace(old.encode(), new.encode()) for name, data in files.items()}
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these members in this order, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
