"""What every part of the settings is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of the parts of the tree: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
