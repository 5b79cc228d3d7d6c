"""Luna in a process of its own: nights on standard input, one JSON object a line, desaturations back."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Any

import lunapi

#: Below 50 % Luna calls a reading an artifact and leaves it out, as it shall what is missing.
NO_READING = 0.0
#: The rise that ends a valley, in whole percents, and `mag-thres` for it: Luna's own 1.5, and 2.5.
RISES = {"2": 1.5, "3": 2.5}
_PARTS = ("START", "NADIR_T", "STOP", "MAG_DOWN")


def found(luna: Any, seconds: list[float | None]) -> dict[str, Any]:
    """By its peak-valley detection (`DESAT mode=matlab`), of one reading a second: ``"2 3"`` per hour, by rise and depth, and
    ``"valleys 2"``, each with start, nadir, stop (seconds) and depth (percent)."""
    luna.clear()
    night = luna.empty_inst("night", len(seconds), 1)
    night.insert_signal("SpO2", [NO_READING if value is None else value for value in seconds], 1)
    answer: dict[str, Any] = {}
    for rise, least in RISES.items():
        tables = night.proc(f"DESAT sig=SpO2 mode=matlab mag-thres={least}")
        [row] = tables["DESAT: BL"].to_dict("records")
        answer |= {f"{rise} {depth}": row[f"ODI{depth}"] for depth in (3, 4)}
        valleys = tables["DESAT: DESAT_M"].to_dict("records") if "DESAT: DESAT_M" in tables else []
        answer[f"valleys {rise}"] = sorted([valley[part] for part in _PARTS] for valley in valleys)
    return answer


luna = lunapi.proj()
luna.silence(True)
print(json.dumps({"Luna (`lunapi`)": version("lunapi")}), flush=True)
for line in sys.stdin:
    print(json.dumps(found(luna, json.loads(line)["seconds"])), flush=True)
