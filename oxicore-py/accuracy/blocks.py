"""The page is prose; what stands between two marks is figures, and a program writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timezone

_BLOCK = re.compile(r"(<!-- figures: (?P<name>[a-z-]+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def filled(page: str, figures: dict[str, str]) -> str:
    """The page with these figures in their places; the others stay as they are.

    Raises:
        ValueError: the page has no place for some figures.
    """
    placeless = figures.keys() - {found["name"] for found in _BLOCK.finditer(page)}
    if placeless:
        raise ValueError(f"the page has no place for {', '.join(sorted(placeless))}")
    return _BLOCK.sub(lambda found: f"{found[1]}{figures[found['name']]}\n{found[3]}" if found["name"] in figures else found[0], page)


def last_run() -> str:
    """What was computed with outside data says when."""
    return f"Last run {datetime.now(timezone.utc).date().isoformat()}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """As Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
