"""Recorded nights, where this machine has them."""

from __future__ import annotations

import json
from pathlib import Path

import oxicore

