"""Lets these tests import the builders that stand beside the rooms' folders."""

from __future__ import annotations

import sys
from pathlib import Path

import service  # noqa: F401 - before the path below, on which a folder of tests has the same name
import store  # noqa: F401

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
