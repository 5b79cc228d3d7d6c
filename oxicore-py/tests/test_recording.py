"""Reading a recording, and what it says of itself."""

from __future__ import annotations

import json
import pickle
import threading
from datetime import datetime
from typing import Any

import pytest

import oxicore

NIGHT = (
    b"Time,Oxygen Level,Pulse Rate,Motion\n"
    b"23:59:58 Jan 02 2026,96,58,0\n"
    b"00:00:02 Jan 03 2026,--,61,3\n"
    b"00:00:06 Jan 03 2026,95,60,0\n"
)


def test_a_path_a_path_object_and_bytes_give_the_same_night(tmp_path) -> None:
    path = tmp_path / "night.csv"
    path.write_bytes(NIGHT)
    expected = oxicore.read(NIGHT).analyze().to_dict()
    for source in (path, str(path), bytearray(NIGHT), memoryview(NIGHT)):
        assert oxicore.read(source).analyze().to_dict() == expected


def test_a_recording_knows_its_facts() -> None:
    night = oxicore.read(NIGHT)
    assert len(night) == 3
    assert night.start == datetime(2026, 1, 2, 23, 59, 58)
    assert night.start.tzinfo is None
    assert (night.format, night.interval_s, night.recording_s) == ("csv", 4, 12)


def test_a_recording_shows_its_facts() -> None:
    assert repr(oxicore.read(NIGHT)) == "<oxicore.Recording csv, 2026-01-02 23:59:58, 3 records every 4 s>"


def test_a_missing_value_with_a_pulse_is_counted_as_such() -> None:
    quality = oxicore.read(NIGHT).analyze().quality
    assert (quality.analysed, quality.missing_spo2, quality.missing_spo2_with_pulse) == (2, 1, 1)


def test_a_rate_is_undefined_when_the_signal_is_too_short() -> None:
    analysis = oxicore.read(NIGHT).analyze()
    assert analysis.aasm.odi3.per_h is None
    assert repr(analysis).startswith("<oxicore.Analysis 2026-01-02T23:59:58, ODI3 undefined, ODI4 undefined, T90 0.0 %, mean 95.5 %, lowest 95 %")


@pytest.mark.parametrize("interval_s", [0, -4, 2**40])
def test_an_interval_that_cannot_be_is_refused(interval_s: int) -> None:
    with pytest.raises(ValueError, match="interval_s must be between"):
        oxicore.read(NIGHT, interval_s=interval_s)


def test_results_cannot_be_changed() -> None:
    night = oxicore.read(NIGHT)
    with pytest.raises(AttributeError):
        night.interval_s = 1  # type: ignore[misc]
    with pytest.raises(AttributeError):
        night.analyze().quality.valid_s = 1  # type: ignore[misc]


def test_a_changed_dictionary_leaves_the_analysis_alone() -> None:
    analysis = oxicore.read(NIGHT).analyze()
    analysis.to_dict()["quality"]["valid_s"] = -1
    assert analysis.to_dict()["quality"]["valid_s"] == analysis.quality.valid_s == 8


def test_many_threads_read_one_recording() -> None:
    night = oxicore.read(NIGHT)
    expected = night.analyze().to_dict()
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(night.analyze().to_dict())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8


def test_without_any_pulse_its_numbers_are_missing_not_zero() -> None:
    rows = b"".join(b"22:00:%02d Jan 02 2026,96,--,0\n" % second for second in range(0, 60, 4))
    analysis = oxicore.read(b"Time,Oxygen Level,Pulse Rate,Motion\n" + rows).analyze()
    assert analysis.pulse is None
    assert analysis.viatom is not None and analysis.viatom.pulse_bands is None


def test_without_any_spo2_its_numbers_are_missing_not_zero() -> None:
    rows = b"".join(b"22:00:%02d Jan 02 2026,--,60,0\n" % second for second in range(0, 60, 4))
    analysis = oxicore.read(b"Time,Oxygen Level,Pulse Rate,Motion\n" + rows).analyze()
    assert (analysis.spo2, analysis.viatom, analysis.quality.valid_s) == (None, None, 0)


@pytest.mark.parametrize("profile", ["aasm-nested", "viatom", "pobm", "mean120", "mean120-analyzer"])
def test_plain_data_of_another_profile_have_its_indices(profile: Any) -> None:
    night = oxicore.synthetic_night(hours=2)
    numbers, compared = night.analyze(profile), {(row["profile"], row["threshold_pct"]): row for row in night.compare()}
    own = {"profile": profile, "index3": compared.get((profile, 3)), "index4": compared.get((profile, 4))}
    assert numbers.to_dict() == night.analyze().to_dict() | own
    assert pickle.loads(pickle.dumps(numbers)).to_dict() == json.loads(json.dumps(numbers.to_dict()))
    assert not own.keys() & night.analyze().to_dict().keys()


def test_an_analysis_shows_the_indices_of_the_profile_asked_for() -> None:
    night = oxicore.synthetic_night(hours=2)
    pobm, nested, aasm = night.analyze("pobm"), night.analyze("aasm-nested"), night.analyze().aasm
    assert pobm.index3 is not None and pobm.index4 is not None
    shown = f"pobm: ODI3 {pobm.index3.per_h:.1f}/h, ODI4 {pobm.index4.per_h:.1f}/h, T90"
    assert shown in repr(pobm) == repr(pickle.loads(pickle.dumps(pobm)))
    assert f"aasm-nested: ODI3 none, ODI4 {aasm.odi4_nested.per_h:.1f}/h, " in repr(nested)
    assert f"<th>ODI3 (/h, pobm)</th><td>{pobm.index3.per_h:.2f}</td>" in pobm._repr_html_()
