"""How names of agencies compare: case, punctuation and little words do not matter."""

from __future__ import annotations

import re
import unicodedata

_LITTLE = {"the", "of", "and", "for", "nhs", "ft", "foundation", "trust"}


def plain(text: str) -> str:
    """Lower case, accents and punctuation gone, spaces single: "St Aidan's (R.C.) & Co" → "st aidans rc and co"."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    folded = re.sub(r"['.]", "", folded.replace("’", "'").replace("&", " and "))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded).split())


def core(text: str) -> str:
    """The plain name without the little words that offices add or leave out."""
    words = [word for word in plain(text).split() if word not in _LITTLE]
    return " ".join(words) or plain(text)
