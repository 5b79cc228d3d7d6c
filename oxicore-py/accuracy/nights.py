"""The nights that are compared: designed signals of the repository, and recorded nights in a folder outside it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import oxicore


@dataclass(frozen=True)
class Night:
    """A night, and the same as others take it."""

    name: str
    recording: oxicore.Recording

    def plain(self) -> dict[str, Any]:
        """Accepted readings with their seconds, and every second with the reading that holds, outside 50 to 100 % none."""
        interval = self.recording.interval_s
        seconds: list[float | None] = [None] * self.recording.recording_s
        at_s, spo2 = [], []
        times = (self.recording.time - self.recording.time[0]).astype("timedelta64[s]").astype(int).tolist()
        for at, value in zip(times, self.recording.spo2.tolist(), strict=True):
            if value is not None and 50 <= value <= 100:
                at_s.append(at)
                spo2.append(value)
                seconds[at : at + interval] = [float(value)] * len(seconds[at : at + interval])
        return {"seconds": seconds, "at_s": at_s, "spo2": spo2}


def designed(oracles: Path) -> Iterator[tuple[Night, dict[str, Any]]]:
    """Every signal with what was put in: `odi3_events`, `odi4_events` (None where nobody can say), `seconds`, `note`."""
    truth: dict[str, Any] = json.loads((oracles / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    for name, planted in truth.items():
        yield Night(name, _of_rows(oracles / "synthetic" / f"{name}.csv")), planted


def _of_rows(path: Path) -> oxicore.Recording:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    t_s, *columns = ([int(row[name]) if row[name] else None for row in rows] for name in ("t_s", "spo2", "pulse", "motion"))
    return oxicore.Recording.from_arrays(t_s, *columns)


def recorded(folder: Path) -> list[Night]:
    """Every file of a folder, by a name that tells nobody anything."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [Night(f"night {place + 1}", oxicore.read(path)) for place, path in enumerate(files)]


def digest(recorded: Iterable[Night]) -> str:
    """Of the readings of nights, whatever file they came in and however it is called: twelve digits of a SHA-256."""
    return f"digest {_joined(night.recording.to_csv() for night in recorded)}"


def digest_of_files(paths: Iterable[Path]) -> str:
    """Of the contents of files, in whatever order."""
    return _joined(path.read_bytes() for path in paths)


def _joined(contents: Iterable[bytes]) -> str:
    each = sorted(hashlib.sha256(content).hexdigest() for content in contents)
    return hashlib.sha256("".join(each).encode()).hexdigest()[:12]
