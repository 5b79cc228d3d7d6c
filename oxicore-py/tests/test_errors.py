"""A file that is no recording is refused with what, and where."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import oxicore

HEADER = b"Time,Oxygen Level,Pulse Rate,Motion\n"
NIGHT = HEADER + b"23:59:58 Jan 02 2026,96,58,0\n"


def fault(data: bytes) -> oxicore.ParseError:
    with pytest.raises(oxicore.ParseError) as raised:
        oxicore.read(data)
    return raised.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture-file"),
        (HEADER, "no-samples"),
        (bytes(10_000_000), "unknown-format"),
    ],
    ids=["an empty file", "a picture", "a header and nothing else", "ten megabytes of zeros"],
)
def test_the_code_names_the_fault(data: bytes, code: str) -> None:
    assert fault(data).code == code


def test_the_place_in_a_text_file_is_told() -> None:
    bad = fault(HEADER + b"23:59:58 Jan 02 2026,96,58,0\n23:60:02 Jan 02 2026,96,58,0\n")
    assert (bad.code, bad.field) == ("bad-row", "time")
    assert bad.line == 3
    assert bad.column is not None and bad.offset >= len(HEADER)
    assert "line 3" in str(bad)


def test_a_parse_error_is_a_value_error() -> None:
    assert issubclass(oxicore.ParseError, ValueError)


def test_a_parse_error_survives_pickling() -> None:
    bad = fault(b"")
    again = pickle.loads(pickle.dumps(bad))
    assert vars(again) == vars(bad) and str(again) == str(bad)


def test_a_missing_file_is_an_ordinary_os_error(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        oxicore.read(tmp_path / "nothing.csv")


@pytest.mark.parametrize("text", [NIGHT.decode(), NIGHT.decode().replace("\n", "\r"), NIGHT.decode() * 1_000])
def test_the_text_of_a_file_is_not_taken_for_its_path(text: str) -> None:
    with pytest.raises(ValueError, match=r"pass its bytes, read\(text.encode\(\)\)") as raised:
        oxicore.read(text)
    assert "Oxygen" not in str(raised.value)
    assert len(oxicore.read(NIGHT.decode().encode())) == 1


def test_a_name_with_a_line_in_it_is_a_path_if_the_file_is_there(tmp_path) -> None:
    path = tmp_path / "a\nb.csv"
    path.write_bytes(NIGHT)
    assert len(oxicore.read(str(path))) == 1


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    night = oxicore.read(HEADER + b"23:59:58 Jan 02 2026,96,58,0\n")
    with pytest.raises(ValueError, match="aasm"):
        night.analyze("osa")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="listed_pct must be between 2 and 10, not 11"):
        night.analyze(listed_pct=11)


@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        ({"trim_start_s": -1}, ValueError, "trim_start_s must be a whole number between 0 and 4294967295, not -1"),
        ({"max_motion": 300}, ValueError, "max_motion must be a whole number between 0 and 255, or nothing, not 300"),
        ({"near_pct": 2**80}, ValueError, "near_pct must be a whole number between 0 and 100, not 1208925819614629174706176"),
        ({"trim_end_s": 1.5}, TypeError, "trim_end_s: 'float'"),
        ({"median3": 1}, TypeError, "median3: 'int'"),
        ({"recovery": 3}, TypeError, "recovery: 'int'"),
        ({"recovery": "soon"}, ValueError, "taha, peak or fraction"),
        ({"min_duration_s": 0}, ValueError, "at least 1, not 0"),
        ({"listed_pct": -3}, ValueError, "between 2 and 10"),
    ],
)
def test_a_setting_out_of_range_is_named(settings: dict[str, Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        oxicore.synthetic_night(hours=1).analyze(**settings)


def test_something_that_is_no_source_is_refused() -> None:
    with pytest.raises(TypeError):
        oxicore.read(12)  # type: ignore[arg-type]
