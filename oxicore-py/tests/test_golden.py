"""The package gives the numbers every other binding gives: the golden file decides."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from conftest import FIXTURES, GOLDEN

import oxicore

NIGHTS: dict[str, dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))


def same(ours: Any, golden: Any, place: str = "") -> None:
    """Equal in shape, names and order-free values; floats to 1e-9, everything else exactly."""
    if isinstance(golden, dict):
        assert isinstance(ours, dict) and ours.keys() == golden.keys(), place
        for name in golden:
            same(ours[name], golden[name], f"{place}.{name}")
    elif isinstance(golden, list):
        assert isinstance(ours, list) and len(ours) == len(golden), place
        for index, (one, other) in enumerate(zip(ours, golden, strict=True)):
            same(one, other, f"{place}[{index}]")
    elif isinstance(golden, float):
        assert ours == pytest.approx(golden, abs=1e-9, rel=0), place
    else:
        assert type(ours) is type(golden) and ours == golden, place


def plain(value: Any) -> Any:
    """A dataclass of dataclasses as plain data."""
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def test_the_golden_file_speaks_of_every_kind_of_file() -> None:
    kinds = {night["summary"]["recording"]["format"] for night in NIGHTS.values()}
    assert {"csv", "legacy", "oxyii"} <= kinds


@pytest.mark.parametrize("name", NIGHTS)
def test_every_number_equals_the_golden_one(name: str) -> None:
    same(oxicore.read(FIXTURES / name).analyze().to_dict(), NIGHTS[name]["summary"])


@pytest.mark.parametrize("name", NIGHTS)
def test_every_event_equals_the_golden_one(name: str) -> None:
    events = oxicore.read(FIXTURES / name).analyze().desaturations
    same(plain(events), NIGHTS[name]["events"])


@pytest.mark.parametrize("name", NIGHTS)
def test_every_number_is_an_attribute_of_the_same_name(name: str) -> None:
    analysis = oxicore.read(FIXTURES / name).analyze()
    numbers = analysis.to_dict()
    # What JSON leaves out because it is as usual is an attribute all the same.
    numbers["notices"]["rows_skipped"] = 0
    numbers["settings"]["filter"] |= {"spo2_range_pct": [50, 100], "pulse_range_bpm": [25, 250]}
    numbers["settings"]["aasm"]["median_readings"] = 3
    assert {section: plain(getattr(analysis, section)) for section in numbers} == numbers
