"""What was noticed while reading a file reaches everyone who asks: rows, tables, parts of a night."""

from __future__ import annotations

import dataclasses
import pickle
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import oxicore
import pytest
from conftest import FIXTURES
from oxicore._cli import main
from oxicore._notices import _WORDS, noticed

NAMES = [field.name for field in dataclasses.fields(oxicore.Notices)]
FILES = sorted(path for path in FIXTURES.iterdir() if path.is_file())
READABLE = [path for path, code in zip(FILES, oxicore.read_many(FILES)["error_code"], strict=True) if code is None]
#: Nights with enough records to take a part of.
CUTTABLE = [path for path in READABLE if len(oxicore.read(path)) > 8]
HEADER = b"Time,Oxygen Level,Pulse Rate,Motion\n"
#: Nothing distinguishes the day from the month.
AMBIGUOUS = HEADER + b"".join(b"22:%02d:%02d 03/04/2026,96,60,0\n" % divmod(at, 60) for at in range(0, 1_200, 4))


def test_a_row_has_every_notice() -> None:
    assert [name for name in NAMES if name not in oxicore.read_many([]).column_names] == []


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_a_row_has_the_notices_of_its_file(path: Path) -> None:
    [row] = oxicore.read_many([path])
    assert {name: row[name] for name in NAMES} == dataclasses.asdict(oxicore.read(path).notices)


def test_a_row_has_the_rates_per_hour_of_recording() -> None:
    night = oxicore.synthetic_night(hours=2)
    aasm = night.analyze().aasm
    rates = ("odi3_per_h_of_recording", "odi4_per_h_of_recording")
    [row] = oxicore.read_many(night)
    assert [row[rate] for rate in rates] == [aasm.odi3.per_h_of_recording, aasm.odi4.per_h_of_recording]
    [other] = oxicore.read_many(night, profile="pobm")
    assert [other[rate] for rate in rates] == [None, None]


def test_every_notice_has_words() -> None:
    assert sorted(_WORDS) == sorted([*NAMES, "below_range_readings"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"date_order_rule": "unambiguous", "start_source": "recorded", "rows_dropped": 0, "not_finalised": False}, []),
        ({"date_order_rule": "assumed-day-first", "truncated_bytes": 2_000}, ["dates ambiguous, assumed day first", "2000 bytes missing"]),
        ({"truncated_bytes": 1, "rows_retimed": 2}, ["2 rows with a clock that stood still or ran backwards", "1 byte missing"]),
        ({"format": "csv", "truncated_bytes": 7}, ["7 bytes of a last line that is cut off"]),
        ({"start_source": "file-name-utc", "checksum_mismatch": True}, ["start from the file name, in universal time", "checksum is not that of the bytes"]),
        ({"error": "not a known oximeter file"}, []),
    ],
)
def test_only_what_is_not_as_usual_is_told(row: dict[str, Any], words: list[str]) -> None:
    assert noticed({"format": "legacy", **row}) == words


def test_a_table_for_people_names_what_was_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "night.csv"
    path.write_bytes(AMBIGUOUS + b"22:20:0")
    assert main(["analyze", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:-1] == [f"{path}: dates ambiguous, assumed day first; 7 bytes of a last line that is cut off"]


def same(part: oxicore.Recording, whole: oxicore.Recording) -> bool:
    """Whether a part has the notices of its night, apart from what it counts in its own records."""
    return part.notices == dataclasses.replace(whole.notices, countdown_records=part.notices.countdown_records)


@pytest.mark.parametrize("path", CUTTABLE, ids=lambda path: path.name)
def test_a_part_has_the_notices_of_its_night(path: Path) -> None:
    whole = oxicore.read(path)
    part = whole[whole.interval_s * timedelta(seconds=2) :]
    assert same(part, whole)
    assert part.notices.countdown_records == whole.notices.countdown_records


def test_a_part_of_a_night_that_begins_nobody_knows_when_says_so_and_no_more() -> None:
    whole = oxicore.read((FIXTURES / "oxyii_1s_unfinalised_20260102235930.dat").read_bytes())
    assert whole.start == datetime(1970, 1, 1)
    part = whole[timedelta(seconds=60) :]
    assert (part.start, part.notices.start_source, part.notices.clock_unset_rows) == (datetime(1970, 1, 1, 0, 1), "unknown", 0)
    assert part.notices.not_finalised and part.notices.interval_assumed


def test_a_part_counts_its_own_records() -> None:
    rows = b"".join(b"22:00:%02d Jan 02 2026,%s,0\n" % (at, b"--,--" if at > 30 else b"96,60") for at in range(0, 60, 4))
    night = oxicore.read(HEADER + rows)
    assert (night.notices.countdown_records, night[: timedelta(seconds=36)].notices.countdown_records) == (7, 1)


@pytest.mark.parametrize("take", [lambda part: pickle.loads(pickle.dumps(part)), lambda part: part[timedelta(seconds=60) :]])
def test_notices_outlive_pickling_and_another_cut(take: Any) -> None:
    whole = oxicore.read(AMBIGUOUS)
    assert whole.notices.date_order_rule == "assumed-day-first"
    assert same(take(whole[timedelta(seconds=60) :]), whole)


def test_numbers_and_row_of_a_part_have_its_notices() -> None:
    part = oxicore.read(AMBIGUOUS)[timedelta(seconds=60) :]
    [row] = oxicore.read_many(part)
    assert part.analyze().notices == part.notices
    assert {name: row[name] for name in NAMES} == dataclasses.asdict(part.notices)
