"""What the caller says of a file: columns or signals, the order of dates, the zone; and what odd files raise."""

from __future__ import annotations

import pickle
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import oxicore
import pytest
from oxicore._cli import main

TWO = b"Time,SpO2 A,SpO2 B,Pulse\n" + b"".join(
    b"21:%02d:%02d 03/04/2026,97,88,60\n" % divmod(at * 4, 60) for at in range(30)
)


def universal(zone: str = "Z") -> bytes:
    return b"Time,SpO2,PR\n" + b"".join(b"2025-07-13T22:00:%02d%s,97,60\n" % (at * 4, zone.encode()) for at in range(5))


@pytest.mark.parametrize("said", [{"signal": "SpO2 B"}, {"columns": {"spo2": "spo2 b"}}, {"columns": {"spo2": 3}}, {"signal": 3}])
def test_a_column_is_chosen_by_name_or_number(said) -> None:
    night = oxicore.read(TWO, **said)
    assert set(night.spo2.tolist()) == {88}
    assert (night.notices.spo2_label, night.notices.pulse_label) == ("SpO2 B", "Pulse")
    assert oxicore.read(TWO).notices.spo2_label == "SpO2 A"
    row = oxicore.read_many([("two.csv", TWO)], **said)
    assert (row["spo2_mean_pct"], row["spo2_label"]) == ([88.0], ["SpO2 B"])


def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(oxicore.ParseError, match="there are `Time, SpO2 A, SpO2 B, Pulse`") as raised:
        oxicore.read(TWO, signal="SpO2 C")
    assert (raised.value.code, raised.value.field) == ("no-such-column", "spo2")
    assert raised.value.found == "Time, SpO2 A, SpO2 B, Pulse"
    row = oxicore.read_many([("two.csv", TWO)], signal="SpO2 C")
    assert row["error_code"] == ["no-such-column"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"columns": {"sp02": 3}}, ValueError),
        ({"columns": {"spo2": 0}}, ValueError),
        ({"columns": {"spo2": -1}}, ValueError),
        ({"columns": {"spo2": 2**40}}, ValueError),
        ({"columns": {"spo2": True}}, TypeError),
        ({"columns": {"spo2": 1.5}}, TypeError),
        ({"columns": {"spo2": 2}, "signal": "SpO2 B"}, ValueError),
        ({"date_order": "DMY"}, ValueError),
        ({"zone": "Mars/Olympus"}, ValueError),
        ({"zone": "+25:00"}, ValueError),
        ({"zone": timedelta(seconds=30)}, ValueError),
        ({"zone": 2}, TypeError),
    ],
)
def test_a_wrong_setting_says_what_would_do(said, wrong) -> None:
    for read in (oxicore.read, lambda data, **said: oxicore.read_many([("a", data)], **said)):
        with pytest.raises(wrong) as raised:
            read(TWO, **said)
        assert not isinstance(raised.value, oxicore.ParseError)
        assert len(str(raised.value)) > 20


def test_the_order_of_dates_is_the_callers() -> None:
    assert oxicore.read(TWO).notices.date_order_rule == "assumed-day-first"
    for order, start in (("day-first", datetime(2026, 4, 3, 21)), ("month-first", datetime(2026, 3, 4, 21))):
        night = oxicore.read(TWO, date_order=order)
        assert (night.start, night.notices.date_order_rule) == (start, "chosen")


@pytest.mark.parametrize(
    "zone", ["Europe/Bucharest", ZoneInfo("Europe/Bucharest"), "+03:00", "+3", timezone(timedelta(hours=3)), timedelta(hours=3)]
)
def test_a_zone_makes_the_wall_clock_of_universal_time(zone) -> None:
    night = oxicore.read(universal(), zone=zone)
    assert (night.start, night.notices.start_source) == (datetime(2025, 7, 14, 1), "converted")
    other = oxicore.read(universal("+01:00"), zone=zone)
    assert (other.start, other.notices.start_source) == (datetime(2025, 7, 14, 0), "recorded")
    assert oxicore.read(TWO, zone=zone).start == oxicore.read(TWO).start
    again = pickle.loads(pickle.dumps(night))
    assert (again.start, again.notices) == (night.start, night.notices)


def test_a_cohort_has_one_offset() -> None:
    table = oxicore.read_many([("a.csv", universal())], zone="+03:00")
    assert table["start"] == [datetime(2025, 7, 14, 1)]
    with pytest.raises(ValueError, match="another season"):
        oxicore.read_many([("a.csv", universal())], zone="Europe/Bucharest")


def test_the_command_takes_the_same_settings(tmp_path, capsys) -> None:
    file = tmp_path / "two.csv"
    file.write_bytes(TWO)
    assert main(["analyze", str(file), "--column", "spo2=SpO2 B", "--date-order", "month-first"]) == 0
    printed = capsys.readouterr().out
    assert "SpO2 read from 'SpO2 B'" in printed
    assert "2026-03-04 21:00:00" in printed
    assert main(["analyze", str(file), "--column", "SpO2 B"]) == 2
    assert main(["analyze", str(file), "--signal", "x"]) == 1
    assert "there are `Time, SpO2 A, SpO2 B, Pulse`" in capsys.readouterr().err
    assert main(["analyze", str(file)]) == 0
    assert "assumed day first" in capsys.readouterr().out


def hostile() -> list[bytes]:
    """Files that somebody hands in: other kinds, broken encodings, absurd numbers and times."""
    table = b"Time,SpO2,PR\n21:58:20 13/11/2025,97,60\n"
    rows = [
        b"99999999999999999999,97,60",
        b"21:58:20 13/11/99999,97,60",
        b"21:58:20 00/00/0000,97,60",
        b"21:58:20 01/01/0001,97,60",
        b"21:58:20 31/12/9999,97,60",
        b"9999-12-31T23:59:59+14:00,97,60",
        b"0001-01-01T00:00:00-14:00,97,60",
        b"21:58:20 13/11/2025,1e308,60",
        b"21:58:20 13/11/2025,-97,60",
        b"21:58:20 13/11/2025,97,99999999999999999999",
        b"21:58:20 13/11/2025,\xff\xfe,60",
        b"\xed\xa0\x80,97,60",
        b"\x00\x00\x00,97,60",
        b'"21:58:20 13/11/2025,97,60',
        b"\xf0\x9f\x98\xb4 21:58:20,97,60",
    ]
    chance = random.Random(7)
    noise = [bytes(chance.randrange(256) for _ in range(size)) for size in (1, 2, 3, 40, 58, 300, 5000) for _ in range(20)]
    kinds = [b"", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.4", b"PK\x03\x04", b"{}", b"[1]", b"<html>", b"0       " + b" " * 248]
    utf16 = [b"\xff\xfe" + table.decode().encode("utf-16-le")[:cut] for cut in range(0, 60, 7)]
    headers = [header + b"\n" + table.split(b"\n")[1] for header in (b"Nume,CNP,SpO2", b"\xca\xb1,\xc2,\xd1", b"," * 5000, b"Time," + b"x" * 9000)]
    return [*kinds, *noise, *utf16, *headers, *(b"Time,SpO2,PR\n" + row + b"\n" for row in rows), *(table + row + b"\n" for row in rows)]


def test_odd_files_raise_parse_errors_and_nothing_else() -> None:
    for name in (None, "night.csv", "night\udcff.csv", "\x00.edf", "20260102235930" * 40, "1767394770000"):
        for data in hostile():
            for said in ({}, {"signal": "SpO2"}, {"columns": {"pulse": 3}, "date_order": "month-first", "zone": "-12:00"}):
                try:
                    night = oxicore.read(data, file_name=name, **said)
                except oxicore.ParseError as error:
                    assert error.code
                    assert len(error.found or "") <= 56
                    str(error).encode()
                else:
                    assert night.start and repr(night) and night.notices is not None
                    night.analyze()


def test_what_is_shown_of_a_file_is_bounded_and_readable() -> None:
    with pytest.raises(oxicore.ParseError) as raised:
        oxicore.read(b"Time,SpO2,PR\n9:58:20 p. x. 13/11/2025,97,60\n")
    error = raised.value
    assert (error.line, error.column, error.found, error.expected) == (2, 1, "9:58:20 p. x. 13/11/2025", "21:58:20 13/11/2025")
    assert "`9:58:20 p. x. 13/11/2025` at line 2, column 1: expected for example `21:58:20 13/11/2025`" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.found, again.expected) == (error.found, error.expected)
