"""Office files with nothing in them of the time or the machine they were made on."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]*)</dcterms:created>")


def same_bytes(package: bytes) -> bytes:
    """The same package with fixed stamps, its parts in a fixed order, last changed when it was created."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist(), key=lambda name: (name not in _FIRST, name)):
            content = given.read(name)
            if name == "docProps/core.xml":
                created = _CREATED.search(content)
                content = _MODIFIED.sub(rb"\g<1>" + (created[1] if created else b"") + rb"\g<2>", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, content)
    return out.getvalue()
