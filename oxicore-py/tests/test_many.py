"""Cohorts."""

from __future__ import annotations

import functools
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import oxicore
import pytest
from conftest import FIXTURES
from nights import night


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """Three nights, a letter, and a folder without a file."""
    for seed in range(3):
        (tmp_path / f"night{seed}.csv").write_bytes(night(seed).to_csv())
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    (tmp_path / "more").mkdir()
    return tmp_path


def test_a_row_has_the_numbers_of_the_analysis() -> None:
    one = night()
    [row] = oxicore.read_many([one])
    numbers = one.analyze()
    assert numbers.spo2 is not None and numbers.pulse is not None and numbers.burden3 is not None
    assert row["odi3_per_h"] == numbers.aasm.odi3.per_h
    assert (row["odi4_events"], row["denominator_s"]) == (numbers.aasm.odi4.count, numbers.quality.valid_s)
    assert (row["below_90_pct"], row["spo2_min_pct"]) == (numbers.spo2.below_90_pct, numbers.spo2.min_pct)
    assert row["hypoxic_burden3_pctmin_h"] == numbers.burden3.hypoxic_burden_pctmin_h
    assert (row["start"], row["records"]) == (one.start, len(one))
    assert (row["error"], row["error_code"]) == (None, None)


def test_only_what_arrays_do_not_have_is_empty_for_a_whole_night() -> None:
    [row] = oxicore.read_many([night()])
    empty = [name for name, value in row.items() if value is None]
    assert empty == ["error", "date_order_rule", "spo2_label", "pulse_label", "error_code"], "arrays have no dates to read, and no labels"


def test_every_fixture_has_the_row_of_its_own_analysis() -> None:
    paths = sorted(path for path in FIXTURES.iterdir() if path.is_file())
    table = oxicore.read_many(paths)
    assert len(table) == len(paths) > 20
    for path, row in zip(paths, table, strict=True):
        assert row["source"] == str(path)
        try:
            numbers = oxicore.read(path).analyze()
        except oxicore.ParseError as error:
            assert (row["error_code"], row["error"], row["records"]) == (error.code, str(error), None)
        else:
            assert (row["odi3_per_h"], row["valid_s"]) == (numbers.aasm.odi3.per_h, numbers.quality.valid_s)


def test_a_folder_is_all_its_files_in_order(cohort: Path) -> None:
    table = oxicore.read_many(cohort)
    assert [Path(source).name for source in table.column("source")] == ["letter.txt", "night0.csv", "night1.csv", "night2.csv"]
    assert table.column("error_code")[1:] == [None] * 3


def test_a_hidden_file_is_no_night_of_a_folder(cohort: Path) -> None:
    for name in (".DS_Store", "._night0.csv"):
        (cohort / name).write_bytes(b"x")
    assert len(oxicore.read_many(cohort)) == 4
    assert len(oxicore.read_many([cohort / ".DS_Store"])) == 1


def test_a_pattern_is_the_files_that_fit(cohort: Path) -> None:
    assert len(oxicore.read_many(str(cohort / "night*.csv"))) == 3


def test_a_bad_night_is_a_row_and_loses_nothing(cohort: Path) -> None:
    paths = [cohort / "night0.csv", cohort / "gone.csv", cohort / "more", cohort / "letter.txt", cohort / "night1.csv"]
    table = oxicore.read_many(paths)
    assert table.column("error_code") == [None, "unreadable", "unreadable", "unknown-format", None]
    assert [count is None for count in table.column("odi3_events")] == [False, True, True, True, False]


def test_a_pattern_without_a_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="fits"):
        oxicore.read_many(str(tmp_path / "*.csv"))


def test_no_night_is_a_table_without_rows() -> None:
    assert len(oxicore.read_many([])) == 0


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_the_number_of_workers_changes_nothing(workers: int, cohort: Path) -> None:
    assert oxicore.read_many(cohort, workers=workers).to_dict() == oxicore.read_many(cohort).to_dict()


@pytest.mark.parametrize("profile", ["aasm", "aasm-nested", "viatom", "pobm", "mean120", "mean120-analyzer"])
def test_a_profile_makes_the_indices(profile: Any) -> None:
    one = night()
    [row] = oxicore.read_many([one], profile=profile)
    compared = {(entry["profile"], entry["threshold_pct"]): entry for entry in one.compare()}
    ours = one.analyze(profile)
    for pct, index in ((3, ours.index3), (4, ours.index4)):
        expected = compared.get((profile, pct), {"count": None, "per_h": None})
        assert (row[f"odi{pct}_events"], row[f"odi{pct}_per_h"]) == (expected["count"], expected["per_h"])
        assert (index is None) == (expected["count"] is None)
        assert index is None or (index.count, index.per_h) == (expected["count"], expected["per_h"])
    assert row["profile"] == profile


def test_settings_reach_every_night() -> None:
    [row] = oxicore.read_many([night()], trim_start_s=1_800)
    assert row["trimmed"] == night().analyze(trim_start_s=1_800).quality.trimmed > 0


def test_a_wrong_setting_is_refused() -> None:
    with pytest.raises(TypeError, match="look_ahead_s"):
        oxicore.read_many([night()], look_ahead_s=3)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="no profile"):
        oxicore.read_many([night()], profile="osa")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 1"):
        night().analyze(min_duration_s=0)


def test_a_function_is_told_of_every_night(cohort: Path) -> None:
    reported: list[int] = []
    oxicore.read_many(cohort, progress=reported.append)
    assert sum(reported) == 4


def test_tqdm_works_as_it_is(cohort: Path) -> None:
    tqdm = pytest.importorskip("tqdm").tqdm
    bars: list[Any] = []

    class Bar(tqdm):  # type: ignore[misc,valid-type]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, disable=None, file=sys.stderr, **options)
            bars.append(self)

        def close(self) -> None:
            self.closed = True
            super().close()

    assert len(oxicore.read_many(cohort, progress=Bar)) == 4
    assert [(bar.total, bar.closed) for bar in bars] == [(4, True)]
    with tqdm(total=4, disable=True) as bar:
        assert len(oxicore.read_many(cohort, progress=bar.update)) == 4


def test_a_bar_with_options_and_one_that_is_there_already_are_told(cohort: Path) -> None:
    made: list[dict[str, Any]] = []

    class Bar:
        def __init__(self, **options: Any) -> None:
            self.done, self.closed = 0, False
            made.append({**options, "bar": self})

        def update(self, n: int) -> None:
            self.done += n

        def close(self) -> None:
            self.closed = True

    oxicore.read_many(cohort, progress=functools.partial(Bar, desc="nights"))
    [made_by_it] = made
    assert (made_by_it["total"], made_by_it["desc"], made_by_it["bar"].done, made_by_it["bar"].closed) == (4, "nights", 4, True)
    own = Bar()
    oxicore.read_many(cohort, progress=own)
    assert (own.done, own.closed) == (4, False)
    oxicore.read_many(cohort, progress=functools.partial(own.update))
    assert own.done == 8


@pytest.mark.parametrize("progress", [True, 5, "bar"])
def test_what_cannot_be_told_is_refused_before_any_work(progress: Any) -> None:
    with pytest.raises(TypeError, match="progress must be"):
        oxicore.read_many([night()], progress=progress)


@pytest.mark.parametrize("workers", [0, -1])
def test_at_least_one_works(workers: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        oxicore.read_many([night()], workers=workers)


@pytest.mark.parametrize("wrong", [b"Time", None, 5, ("name", "text"), ("name", 5), ("name", b"", 4)])
def test_what_is_no_night_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="a night is a path"):
        oxicore.read_many([night(), wrong])


def test_one_recording_and_every_kind_of_content_are_nights() -> None:
    text = night().to_csv()
    expected = oxicore.read_many(night())["odi3_per_h"]
    for content in (text, bytearray(text), memoryview(text)):
        assert oxicore.read_many([(Path("a") / "b.csv", content)])["odi3_per_h"] == expected


def test_a_link_that_leads_nowhere_is_told(cohort: Path) -> None:
    (cohort / "night3.csv").symlink_to(cohort / "gone.csv")
    assert oxicore.read_many(cohort)["error_code"][-1] == "unreadable"
    assert oxicore.read_many(str(cohort / "night*"))["error_code"] == [None, None, None, "unreadable"]


@pytest.mark.parametrize("room_mib", [32, 256])
def test_where_the_system_gives_no_more_threads_fewer_work(room_mib: int) -> None:
    """A thread takes 64 MiB here: none fits into the smaller room, some into the larger."""
    pytest.importorskip("resource")
    code = """
import resource, sys, oxicore
nights = [(f"{at}", oxicore.synthetic_night(hours=0.1).to_csv()) for at in range(60)]
oxicore.read_many(nights, workers=1)
mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (mapped + (int(sys.argv[1]) << 20), resource.RLIM_INFINITY))
print(oxicore.read_many(nights, workers=60)["error"].count(None))
"""
    if not Path("/proc/self/statm").exists():
        pytest.skip("this system does not say how much memory is mapped")
    own = {**os.environ, "RUST_MIN_STACK": str(64 << 20), "MALLOC_ARENA_MAX": "1"}
    reported = subprocess.run([sys.executable, "-c", code, str(room_mib)], capture_output=True, text=True, timeout=120, env=own)
    assert reported.stdout == "60\n", reported.stderr


def test_an_error_of_the_callback_comes_back(cohort: Path) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        oxicore.read_many([night()] * 200, progress=interrupt)


def test_a_thousand_nights_need_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    data = oxicore.synthetic_night(1).to_csv()
    nights = [(f"{at}", data) for at in range(1_000)]
    oxicore.read_many(nights[:100])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = oxicore.read_many(nights)
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert table.column("error").count(None) == 1_000
    assert grown_kib < 16 * 1_024


def test_a_folder_of_folders_is_walked_and_one_without_a_file_is_an_error(cohort: Path) -> None:
    deep, hidden = cohort / "more" / "deep", cohort / "more" / ".hidden"
    for folder in (deep, hidden):
        folder.mkdir()
        (folder / "night3.csv").write_bytes(night(3).to_csv())
    (deep / "round").symlink_to(cohort, target_is_directory=True)
    table = oxicore.read_many(cohort)
    assert [Path(source).name for source in table["source"]] == ["letter.txt", "night3.csv", "night0.csv", "night1.csv", "night2.csv"]
    assert table["error_code"].count(None) == 4
    for path in (deep / "night3.csv", deep / "round"):
        path.unlink()
    with pytest.raises(FileNotFoundError, match="no file is in the folder"):
        oxicore.read_many(cohort / "more")


def test_events_of_all_nights_are_one_table() -> None:
    nights = [night(seed) for seed in range(3)]
    cohort = oxicore.read_many([*nights[:2], ("zeros", bytes(100)), nights[2]], events=True, listed_pct=4)
    places = [0, 1, 3]
    for place, one in zip(places, nights, strict=True):
        own = [row for row in cohort.events if row["night"] == place]
        assert {row["source"] for row in own} == {cohort["source"][place]}
        expected = list(one.analyze(listed_pct=4).events)
        assert [{name: row[name] for name in expected[0]} for row in own] == expected != []
    assert set(cohort.events["night"]) == set(places)
    assert cohort.events.column_names[2:] == nights[0].analyze().events.column_names
    with pytest.raises(ValueError, match='definitions="all"'):
        cohort.definitions  # noqa: B018


def test_every_definition_of_all_nights_is_one_table() -> None:
    cohort = oxicore.read_many([night(0), ("zeros", bytes(100)), night(1)], definitions="all", max_motion=5)
    for place, one in ((0, night(0)), (2, night(1))):
        own = [row for row in cohort.definitions if row["night"] == place]
        expected = list(one.compare(max_motion=5))
        assert [{name: row[name] for name in expected[0]} for row in own] == expected
    with pytest.raises(ValueError, match="events=True"):
        cohort.events  # noqa: B018
    with pytest.raises(ValueError, match="definitions must be"):
        oxicore.read_many([night()], definitions="some")  # type: ignore[arg-type]


def test_the_rows_of_a_cohort_have_counts_beside_the_index_levels_runs_and_halves() -> None:
    one = night()
    numbers = one.analyze()
    [row] = oxicore.read_many([one])
    assert numbers.spo2 is not None
    for pct, odi in ((3, numbers.aasm.odi3), (4, numbers.aasm.odi4)):
        assert (row[f"odi{pct}_sustained"], row[f"odi{pct}_truncated"]) == (odi.sustained, odi.truncated)
    for below in numbers.spo2.time_below:
        assert (row[f"below_{below.level_pct}_s"], row[f"below_{below.level_pct}_pct"]) == (below.below_s, below.below_pct)
    assert (row["longest_below_90_s"], row["longest_below_88_s"]) == (numbers.spo2.longest_below_90_s, numbers.spo2.longest_below_88_s)
    for at, half in enumerate(numbers.halves, 1):
        assert (row[f"half{at}_valid_s"], row[f"half{at}_odi3_per_h"], row[f"half{at}_odi4_per_h"]) == (half.valid_s, half.odi3_per_h, half.odi4_per_h)
    [other] = oxicore.read_many([one], profile="pobm")
    assert [other[f"odi{pct}_{count}"] for pct in (3, 4) for count in ("sustained", "truncated")] == [None] * 4


def test_clinical_columns_come_first() -> None:
    expected = ["source", "error", "start", "odi3_per_h", "odi4_per_h", "below_90_pct", "below_90_pct_with_below_range", "spo2_mean_pct"]
    assert oxicore.read_many([]).columns[: len(expected)] == expected
    assert {"odi3_per_h", "below_90_pct"} <= set(repr(oxicore.read_many([night()])).split())


def test_finished_rows_survive_an_interruption() -> None:
    reported: list[int] = []
    long = oxicore.synthetic_night(hours=24, interval_s=1)

    def interrupt(more: int) -> None:
        reported.append(more)
        if sum(reported) >= 5:
            raise KeyboardInterrupt

    with pytest.raises(oxicore.CohortInterrupted, match="of 200 nights are finished") as caught:
        oxicore.read_many([long] * 200, progress=interrupt, workers=2, events=True)
    finished = caught.value.finished
    assert 5 <= len(finished) < 200 and finished["error"] == [None] * len(finished)
    assert finished[0] == oxicore.read_many([long])[0]
    assert set(finished.events["night"]) <= set(range(200))
    assert len(pickle.loads(pickle.dumps(caught.value)).finished) == len(finished)


def test_another_error_of_the_callback_is_not_an_interruption() -> None:
    def fail(_: int) -> None:
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        oxicore.read_many([night()], progress=fail)


def test_recordings_are_not_read_again() -> None:
    """What the caller said when reading holds, though nobody says it to `read_many`."""
    text = b"Time,SpO2 A,SpO2 B\n" + b"".join(b"2026-01-03 01:%02d:%02d,97,%d\n" % (*divmod(at, 60), 95 if at % 120 < 80 else 88) for at in range(1800))
    chosen = oxicore.read(text, signal="SpO2 B")
    assert chosen.analyze().aasm.odi3.count > 5
    assert oxicore.read_many([chosen])["odi3_per_h"] == [chosen.analyze().aasm.odi3.per_h]
    long = oxicore.synthetic_night(1, hours=24, interval_s=1)
    part = long[:"2026-01-04T05:00:00"]
    assert oxicore.read_many([part])["odi3_per_h"] == [part.analyze().aasm.odi3.per_h]


def test_a_cohort_survives_pickling() -> None:
    cohort = oxicore.read_many([night()], events=True, definitions="all")
    again = pickle.loads(pickle.dumps(cohort))
    assert (again.to_dict(), again.events.to_dict(), again.definitions.to_dict()) == (cohort.to_dict(), cohort.events.to_dict(), cohort.definitions.to_dict())
    assert again.provenance == cohort.provenance != {}
