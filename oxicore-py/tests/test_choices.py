"""What a study chooses: depths, plausible ranges, parts of a night, more numbers."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import numpy as np
import oxicore
import pytest
from nights import SHORT, night

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("profile", ["aasm", "pobm"])
def test_events_of_two_to_ten_percent(profile: Any) -> None:
    counts = []
    for pct in range(2, 11):
        found = night().desaturations(profile, listed_pct=pct)
        index = found.index
        assert (index.threshold_pct, index.profile) == (pct, profile)
        assert pickle.loads(pickle.dumps(found)).index == index
        assert f"{pct} %" in repr(found) and found.provenance["listed_pct"] == pct
        if profile == "aasm":
            depths = [depth for depth, outcome in zip(found.events["depth_pct"], found.events["outcome"], strict=True) if outcome == "complete"]
            assert len(depths) == index.count and min(depths, default=pct) >= pct
        counts.append(index.count)
    assert counts[0] > counts[-1] > 0
    assert counts[1:3] == [night().analyze(profile).index3.count, night().analyze(profile).index4.count]  # type: ignore[union-attr]


@pytest.mark.parametrize("pct", [1, 11, -3, 260])
def test_other_depths_are_refused(pct: int) -> None:
    with pytest.raises(ValueError, match="between 2 and 10"):
        night().desaturations(listed_pct=pct)


def test_what_a_profile_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match='"pobm" has no settings'):
        night().desaturations("pobm", max_motion=5)
    for profile in ("viatom", "pobm", "mean120", "mean120-analyzer"):
        with pytest.raises(ValueError, match="has no within"):
            night().analyze(profile, within=[(HOUR, 2 * HOUR)])
    with pytest.raises(ValueError, match="3 or 4"):
        night().analyze(listed_pct=5)  # type: ignore[arg-type]


def test_plausible_ranges_are_settings() -> None:
    one = night()
    numbers = one.analyze(spo2_range_pct=(90, 99), pulse_range_bpm=(55, 65))
    assert numbers.spo2 is not None and numbers.pulse is not None
    assert 90 <= numbers.spo2.min_pct <= numbers.spo2.max_pct <= 99
    assert 55 <= numbers.pulse.min_bpm <= numbers.pulse.max_bpm <= 65
    assert numbers.quality.spo2_out_of_range == ((one.spo2 < 90) | (one.spo2 > 99)).sum()
    assert numbers.changed_settings == {"spo2_range_pct": [90, 99], "pulse_range_bpm": [55, 65]}
    assert one.analyze(spo2_range_pct=(50, 100)).changed_settings == {}


@pytest.mark.parametrize("wrong", [(0, 100), (90, 90), (95, 90), (50, 101), (50,), 50, "all", (50.5, 90), (-1, 300)])
def test_a_range_that_is_none_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="must be .low, high., between 1 and 100"):
        night().analyze(spo2_range_pct=wrong)


def test_parts_by_every_kind_of_moment_and_as_a_mask_give_the_same_numbers() -> None:
    one = night()
    hour = one.start + HOUR
    mask = one.time >= np.datetime64(hour, "s")
    expected = one.analyze(trim_start_s=3_600)
    for within in ([(HOUR, 2 * HOUR)], [(hour, hour + HOUR)], [(hour.isoformat(), (hour + HOUR).isoformat())], mask, mask.tolist()):
        numbers = one.analyze(within=within)
        assert (numbers.spo2, numbers.desaturations, numbers.aasm.odi3.per_h) == (expected.spo2, expected.desaturations, expected.aasm.odi3.per_h)
        assert numbers.quality.valid_pct == pytest.approx(100 * numbers.quality.valid_s / 3_600)
        assert numbers.changed_settings == {"within": [[3_600, 7_200]]}
        assert "within 1 part" in repr(numbers) and "within 1 part" in numbers.events._repr_html_()
        assert pickle.loads(pickle.dumps(numbers)) == numbers


def test_what_is_left_out_is_no_missing_reading_and_no_gap() -> None:
    one = night()
    rest = [(timedelta(minutes=10), timedelta(minutes=40)), (timedelta(minutes=70), timedelta(minutes=100))]
    numbers, whole = one.analyze(within=rest), one.analyze()
    missing = np.ma.getmaskarray(one.spo2)
    since = (one.time - one.time[0]).astype(int)
    is_in = ((since >= 600) & (since < 2_400)) | ((since >= 4_200) & (since < 6_000))
    assert numbers.quality.missing_spo2 == whole.quality.missing_spo2 == missing.sum()
    assert numbers.quality.trimmed == (~is_in & ~missing).sum()
    assert numbers.quality.longest_gap_s == 0
    assert numbers.quality.valid_s == 4 * numbers.quality.analysed


def test_a_mask_that_jumps_is_as_many_parts() -> None:
    mask = np.arange(len(night())) % 300 < 150
    numbers = night().analyze(within=mask)
    assert len(numbers.changed_settings["within"]) == 6 and "within 6 parts" in repr(numbers)
    assert numbers.quality.analysed == (mask & ~np.ma.getmaskarray(night().spo2)).sum()
    short = oxicore.read(SHORT).analyze(within=[True, False, False, True])
    assert short.changed_settings["within"] == [[0, 4], [68, 72]]


@pytest.mark.parametrize(
    ("within", "error", "message"),
    [
        ([], ValueError, "no part"),
        ([(2 * HOUR, HOUR)], ValueError, "ends before it begins"),
        ([(HOUR, 2 * HOUR), (0 * HOUR, 1.5 * HOUR)], ValueError, "overlap"),
        ([True, False], ValueError, "as long as the night"),
        (np.zeros(1_800, dtype=bool), ValueError, "no part"),
        ("2026-01-03", TypeError, "pairs"),
        (5, TypeError, "pairs"),
        ([5, 6], TypeError, "a pair"),
        ([(HOUR,)], TypeError, "a pair"),
    ],
)
def test_parts_that_are_none_are_refused(within: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        night().analyze(within=within)


def test_percentiles_of_the_pulse_are_those_of_numpy() -> None:
    found = night().supplement().pulse
    assert found is not None
    readings = night().pulse.compressed()
    for percent in (1, 5, 10, 25, 50, 75, 90, 95, 99):
        assert getattr(found, f"p{percent}_bpm") == pytest.approx(np.percentile(readings, percent))
    assert (readings == found.mode_bpm).sum() == np.bincount(readings).max()


def templates(series: list[int], length: int) -> list[tuple[int, ...]]:
    return [tuple(series[at : at + length]) for at in range(len(series) - length + 1)]


def test_entropies_are_those_of_their_definitions() -> None:
    part = night()[: 20 * timedelta(minutes=1)]
    series = [value for value in part.spo2.tolist() if value is not None]
    assert part.analyze().quality.analysed == len(series)
    found = part.supplement()

    def phi(length: int) -> float:
        all_of_them = templates(series, length)
        return float(np.mean([np.log(all_of_them.count(one) / len(all_of_them)) for one in all_of_them]))

    assert found.approximate_entropy == pytest.approx(phi(2) - phi(3))
    short, long = templates(series, 3), templates(series, 4)
    matches_short = sum(short.count(one) - 1 for one in short[:-1])
    matches_long = sum(long.count(one) - 1 for one in long)
    assert found.sample_entropy == pytest.approx(-np.log(matches_long / matches_short))


def test_a_supplement_of_parts_and_of_next_to_nothing() -> None:
    one = night()
    part, cut = one.supplement(within=[(HOUR, 2 * HOUR)], slope=False), one[HOUR:].supplement(slope=False)
    assert part == cut
    next_to_nothing = oxicore.read(SHORT).supplement(spo2_range_pct=(96, 100))
    assert (next_to_nothing.approximate_entropy, next_to_nothing.sample_entropy) == (None, None)
    assert oxicore.read(SHORT).supplement(pulse_range_bpm=(200, 250)).pulse is None
