"""Luna in a process of its own: nights on standard input, one JSON object a line, desaturations per hour back."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Any

import lunapi

#: Below 50 % Luna calls a reading an artifact and leaves it out, as it shall what is missing.
NO_READING = 0.0


def indices(luna: Any, seconds: list[float | None]) -> dict[str, float]:
    """By its peak-valley detection (`DESAT mode=matlab`), of one reading a second."""
    luna.clear()
    night = luna.empty_inst("night", len(seconds), 1)
    night.insert_signal("SpO2", [NO_READING if value is None else value for value in seconds], 1)
    [row] = night.proc("DESAT sig=SpO2 mode=matlab")["DESAT: BL"].to_dict("records")
    return {"peak-valley 3": row["ODI3"], "peak-valley 4": row["ODI4"]}


luna = lunapi.proj()
luna.silence(True)
print(json.dumps({"Luna (`lunapi`)": version("lunapi")}), flush=True)
for line in sys.stdin:
    print(json.dumps(indices(luna, json.loads(line)["seconds"])), flush=True)
