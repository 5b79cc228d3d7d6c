"""Every way a file comes: open, packed, and with rows that cannot be read."""

from __future__ import annotations

import gzip
import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import oxicore
import pytest
from conftest import FIXTURES
from nights import SHORT, night
from oxicore._cli import main

TEXT = night().to_csv()
STAMPED = "20260102235930.csv"


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "gzip in parts": gzip.compress(TEXT[:4_000]) + gzip.compress(TEXT[4_000:]),
    "zip": zipped({"night.csv": TEXT}),
    "zip, stored": zipped({"night.csv": TEXT}, zipfile.ZIP_STORED),
    "zip of a Mac": zipped({"nights/": b"", "nights/night.csv": TEXT, "__MACOSX/nights/._night.csv": b"x", "nights/.DS_Store": b"x"}),
}
REFUSED = {
    "two files": (zipped({"a.csv": TEXT, "b.csv": TEXT}), "has 2 files: a.csv, b.csv; unpack it"),
    "a folder": (zipped({"nights/": b""}), "has 0 files: none"),
    "a cut gzip": (gzip.compress(TEXT)[:-20], "ends early"),
    "a damaged gzip": (gzip.compress(TEXT)[:100] + b"\xff" * 50 + gzip.compress(TEXT)[150:], "damaged"),
    "a cut zip": (zipped({"night.csv": TEXT})[:200], "damaged"),
}


@pytest.mark.parametrize("kind", PACKED)
def test_a_packed_file_is_read_as_what_is_in_it(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "night.packed"
    path.write_bytes(PACKED[kind])
    expected = oxicore.read(TEXT).analyze().to_dict()
    assert oxicore.read(path).analyze().to_dict() == oxicore.read(PACKED[kind]).analyze().to_dict() == expected
    rows = oxicore.read_many([path, ("night", PACKED[kind])])
    assert rows["odi3_per_h"] == [expected["aasm"]["odi3"]["per_h"]] * 2


@pytest.mark.parametrize("kind", REFUSED)
def test_an_archive_that_is_not_one_recording_is_refused_and_in_a_cohort_a_row(kind: str) -> None:
    data, message = REFUSED[kind]
    with pytest.raises(ValueError, match=message):
        oxicore.read(data)
    [row] = oxicore.read_many([("night", data)])
    assert row["error_code"] == "packed-file" and message in row["error"]


def test_a_zip_that_is_a_workbook_is_told_as_one() -> None:
    workbook = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    with pytest.raises(oxicore.ParseError):
        oxicore.read(workbook)


def test_the_name_of_the_packed_file_tells_what_a_name_tells(tmp_path: Path) -> None:
    """Its time stamp decides the order of ambiguous dates."""
    text = b"Time,Oxygen Level,Pulse Rate,Motion\n" + b"".join(b"22:%02d:%02d 03/04/2026,96,60,0\n" % divmod(at, 60) for at in range(0, 1_200, 4))
    packed = {"20260304220000.csv.gz": gzip.compress(text), "night.zip": zipped({"20260304220000.csv": text})}
    for name, data in packed.items():
        (tmp_path / name).write_bytes(data)
        assert oxicore.read(tmp_path / name).notices.date_order_rule == "file-name"
        assert oxicore.read_many([tmp_path / name])["date_order_rule"] == ["file-name"]


def test_an_open_file_is_read_and_left_open(tmp_path: Path) -> None:
    path = tmp_path / STAMPED
    path.write_bytes(TEXT)
    expected = oxicore.read(TEXT).analyze().to_dict()
    with path.open("rb") as binary, path.open(encoding="utf-8") as text, gzip.open(io.BytesIO(gzip.compress(TEXT))) as packed:
        for file in (binary, text, packed, io.BytesIO(TEXT), io.StringIO(TEXT.decode())):
            assert oxicore.read(file).analyze().to_dict() == expected
            assert not file.closed
    with path.open("rb") as file:
        assert oxicore.read(file)._name == str(path)


def test_an_open_file_of_something_else_is_refused() -> None:
    class Numbers:
        def read(self) -> int:
            return 5

    with pytest.raises(TypeError, match="bytes or text, not int"):
        oxicore.read(Numbers())  # type: ignore[arg-type]


def damaged(lines: dict[int, bytes]) -> bytes:
    """The night with some of its lines, from 1, replaced."""
    whole = TEXT.split(b"\n")
    for line, text in lines.items():
        whole[line - 1] = text
    return b"\n".join(whole)


BAD = {3: b"25:00:00 Jan 02 2026,96,60,0", 4: b"23:00:08 Feb 30 2026,96,60,0", 900: b"23:59:59 Jan 32 2026,96,60,0"}


def test_rows_that_cannot_be_read_are_left_out_where_asked_and_told() -> None:
    data = damaged(BAD)
    with pytest.raises(oxicore.ParseError):
        oxicore.read(data)
    one = oxicore.read(data, on_bad_row="skip")
    lines = TEXT.split(b"\n")
    kept = oxicore.read(b"\n".join(line for at, line in enumerate(lines, 1) if at not in BAD))
    assert one.to_polars().equals(kept.to_polars())
    assert [row.line for row in one.skipped_rows] == sorted(BAD) and {row.code for row in one.skipped_rows} == {"bad-row"}
    assert all(row.message for row in one.skipped_rows)
    assert repr(one).endswith(", 3 rows skipped>") and "3 rows that cannot be read skipped" in one._repr_html_()
    assert one.notices.rows_skipped == one.analyze().notices.rows_skipped == one.analyze().to_dict()["notices"]["rows_skipped"] == 3
    assert one[: "2026-01-03"].notices.rows_skipped == 3
    assert oxicore.read(damaged({3: BAD[3]}), on_bad_row="skip").notices.rows_skipped == 1
    joined = oxicore.join([one[: "2026-01-02T23:59"], one["2026-01-03" :]])
    assert (joined.notices.rows_skipped, joined.skipped_rows) == (3, one.skipped_rows)
    again = pickle.loads(pickle.dumps(one))
    assert again.skipped_rows == one.skipped_rows == one[: "2026-01-03"].skipped_rows
    assert oxicore.read(TEXT, on_bad_row="skip").skipped_rows == night().skipped_rows == ()


def test_a_row_of_a_cohort_tells_how_many_rows_were_left_out(tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    path.write_bytes(damaged(BAD))
    rows = oxicore.read_many([path, ("night", TEXT), oxicore.read(path, on_bad_row="skip"), ("zeros", bytes(99))], on_bad_row="skip")
    assert rows["rows_skipped"] == [3, 0, 3, None]
    assert f"{path}: 3 rows that cannot be read skipped" in repr(rows) and "zeros: " in repr(rows)
    assert oxicore.read_many([path])["error_code"] == ["bad-row"]


def test_the_command_leaves_out_rows_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = tmp_path / "night.csv", tmp_path / "night.edf"
    path.write_bytes(damaged(BAD))
    assert main(["analyze", str(path)]) == 1
    assert main(["analyze", str(path), "--on-bad-row", "skip"]) == 0
    assert f"{path}: 3 rows that cannot be read skipped" in capsys.readouterr().out
    assert main(["convert", str(path), str(output)]) == 2 and not output.exists()
    assert main(["convert", str(path), str(output), "--on-bad-row", "skip"]) == 0 and output.exists()


def test_a_text_of_rows_that_cannot_be_read_is_no_recording() -> None:
    header, *rows = SHORT.splitlines(keepends=True)
    mostly_bad = header + rows[0] + b"25:00:00 Jan 03 2026,96,60,0\n" * 9 + rows[2]
    for data in (mostly_bad, header + b"25:00:00 Jan 03 2026,96,60,0\n" * 1_500, b"", b"Dear all", bytes(100)):
        with pytest.raises(oxicore.ParseError):
            oxicore.read(data, on_bad_row="skip")
        [row] = oxicore.read_many([("night", data)], on_bad_row="skip")
        assert row["error_code"] is not None


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir() if path.is_file()))
def test_a_file_without_such_rows_is_read_alike_either_way(name: str) -> None:
    def outcome(**options: Any) -> object:
        try:
            return oxicore.read(FIXTURES / name, **options).analyze().to_dict()
        except oxicore.ParseError as error:
            return error.code

    if outcome() != "bad-row":
        assert outcome(on_bad_row="skip") == outcome()


def test_another_word_for_bad_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="'raise' or 'skip'"):
        oxicore.read(TEXT, on_bad_row="drop")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'raise' or 'skip'"):
        oxicore.read_many([("night", TEXT)], on_bad_row="drop")  # type: ignore[arg-type]
