"""How numbers were made, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def parsed(about: str | None) -> dict[str, Any]:
    """What a table or an analysis carries; empty for what carries nothing."""
    about_it: dict[str, Any] = {} if about is None else json.loads(about)
    return about_it


def in_words(changed: Mapping[str, Any]) -> str:
    """The settings that are not the defaults; empty for none.

    >>> from oxicore._provenance import in_words
    >>> in_words({"max_motion": 5, "slope": False})
    'max_motion=5, slope=False'
    """
    return ", ".join(f"within {len(value)} part{'s' * (len(value) > 1)}" if name == "within" else f"{name}={value!r}" for name, value in changed.items())


def line(about: Mapping[str, Any]) -> str:
    """One line to stand below numbers, on paper too."""
    if not about:
        return ""
    changed = in_words(about.get("changed", {}))
    if "a" in about:  # two definitions, each with its settings
        return f"a: {about['a']}; b: {about['b']}; {_versions(about)}"
    settings = f"settings changed: {changed}" if changed else "settings: defaults"
    profile = f"profile {about['profile']}, " if "profile" in about else ""
    return f"{profile}{settings}, {_versions(about)}"


def _versions(about: Mapping[str, Any]) -> str:
    return f"algorithm revision {about['algorithm_revision']}, oxicore {about['package_version']}"
