"""The files of one night."""

from __future__ import annotations

import pickle
from datetime import timedelta

import numpy as np
import oxicore
import pytest
from nights import night


def minutes(begin: float, end: float) -> oxicore.Recording:
    return night()[timedelta(minutes=begin) : timedelta(minutes=end)]


def test_three_parts_in_any_order_are_one_night() -> None:
    parts = [minutes(60, 90), minutes(0, 30), minutes(31, 60)]
    whole = oxicore.join(parts)
    assert (whole.start, whole.interval_s) == (night().start, 4)
    assert whole.recording_s == 90 * 60
    expected = np.concatenate([night().spo2.filled()[:450], night().spo2.filled()[465:1350]])
    np.testing.assert_array_equal(whole.spo2.filled(), expected)


def test_a_night_cut_in_two_without_a_pause_has_the_numbers_of_the_whole() -> None:
    assert oxicore.join([minutes(0, 47), minutes(47, 120)]).analyze().aasm == night().analyze().aasm


def test_a_file_fetched_too_early_gives_way() -> None:
    assert len(oxicore.join([minutes(0, 30), night()])) == len(night())


def test_one_part_is_itself() -> None:
    assert oxicore.join([night()]).analyze().spo2 == night().analyze().spo2


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([(0, 30), (36, 60)], "more than 300 s"),
        ([(0, 30), (20, 60)], "before the other ends"),
    ],
)
def test_what_is_not_one_night_is_refused_with_the_reason(parts: list[tuple[float, float]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        oxicore.join([minutes(*part) for part in parts])


def test_nothing_is_no_night() -> None:
    with pytest.raises(ValueError, match="nothing"):
        oxicore.join([])


def test_the_notices_of_all_files_are_those_of_the_night() -> None:
    def file(hour: int) -> oxicore.Recording:
        rows = b"".join(b"%02d:%02d:%02d 03/04/2026,96.4,60,0\n" % (hour, at // 60, at % 60) for at in range(0, 3_600, 4))
        return oxicore.read(b"Time,SpO2,Pulse Rate,Motion\n" + rows)

    joined = oxicore.join([file(21), file(22)])
    assert joined.notices.rounded_readings == 2 * 900 and joined.notices.date_order_rule == "assumed-day-first"
    assert pickle.loads(pickle.dumps(joined)).notices == joined.notices
    assert joined.format == "csv" and oxicore.join([joined, file(23)]).recording_s == 3 * 3_600
