"""Writes the figures of `docs/ACCURACY.md`: `python -m accuracy.page PAGE ORACLES [--peers PYTHON]
[--luna PYTHON] [--nights FOLDER] [--binaries FOLDER] [--burden FOLDER]`. What is not given keeps its last figures."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from accuracy import inside, nights, outside
from accuracy.blocks import filled
from accuracy.luna import luna
from accuracy.peers import Peer, toolboxes

HERE = Path(__file__).parent


def main() -> None:
    given = _arguments()
    page = given.page.read_text(encoding="utf-8")
    wanted = {name: block(given.oracles) for name, block in inside.BLOCKS.items()}
    for name, block in _outside(given).items():
        print(f"  accuracy: {name}", flush=True)
        wanted[name] = block()
    given.page.write_text(filled(page, wanted), encoding="utf-8")


def _outside(given: argparse.Namespace) -> dict[str, Callable[[], str]]:
    """By what is there."""
    recorded = nights.recorded(given.nights) if given.nights else []
    made = [night for night, truth in nights.designed(given.oracles) if truth["seconds"] >= 3600]
    blocks: dict[str, Callable[[], str]] = {}
    if given.peers:
        blocks["toolboxes"] = lambda: toolboxes(Peer(given.peers, HERE / "peer_pobm.py"), made, recorded)
    if given.luna:
        blocks["luna"] = lambda: luna(Peer(given.luna, HERE / "peer_luna.py"), made, recorded)
    if given.nights:
        blocks["vendor"] = lambda: outside.vendor(given.oracles / "nights" / "vendor-report-1001.json", recorded)
    if given.binaries:
        blocks["headers"] = lambda: outside.headers(given.binaries)
    if given.burden:
        blocks["burden"] = lambda: outside.burden(given.burden)
    return blocks


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("oracles", type=Path)
    for name in ("peers", "luna", "nights", "binaries", "burden"):
        parser.add_argument(f"--{name}", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
