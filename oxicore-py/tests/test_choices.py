"""What a study chooses: depths, plausible ranges, parts of a night, more numbers."""

from __future__ import annotations

import json
import pickle
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import numpy as np
import oxicore
import pytest
from nights import SHORT, night

HOUR = timedelta(hours=1)


PROFILES: tuple[Any, ...] = get_args(oxicore._numbers.Profile)
#: Those that know a filter, and parts of a night.
FILTERED = ("aasm", "aasm-nested", "mean120", "mean120-analyzer")


@pytest.mark.parametrize("profile", [profile for profile in PROFILES if profile != "aasm-nested"])
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
        else:
            assert len(found.events) == index.count
        counts.append(index.count)
    assert counts[0] > counts[-1] >= 0
    assert counts[1:3] == [night().analyze(profile).index3.count, night().analyze(profile).index4.count]  # type: ignore[union-attr]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_lists_its_events(profile: Any) -> None:
    pct: Any = 4 if profile == "aasm-nested" else 3
    alone, numbers = night().desaturations(profile), night().analyze(profile)
    assert alone.index == (numbers.index4 if pct == 4 else numbers.index3)
    assert len(alone.events) >= alone.index.count > 0
    shared = [name for name in alone.events.columns if name != "pulse_rise"]
    assert [numbers.events[name] for name in shared] == [alone.events[name] for name in shared]
    cohort = oxicore.read_many([night(), night(1)], profile=profile, events=True)
    assert cohort.events.columns == ["night", "source", *numbers.events.columns]
    first = [row for row in cohort.events if row["night"] == 0]
    assert [[row[name] for name in numbers.events.columns] for row in first] == [list(row.values()) for row in numbers.events]
    again = pickle.loads(pickle.dumps(numbers))
    assert again == numbers and again.events.to_dict() == numbers.events.to_dict()


def test_events_of_the_maker_are_drops_below_the_level_of_the_night() -> None:
    one = night()
    report = one.analyze().viatom
    assert report is not None
    drops = list(one.desaturations("viatom", listed_pct=4).events)
    since = (one.time - one.time[0]).astype(int).tolist()
    level = {at: reading for at, reading in zip(since, one.spo2.tolist(), strict=True) if reading is not None}
    assert len(drops) == report.drops4 > 0
    for drop in drops:
        assert drop["baseline_pct"] == report.baseline_pct
        assert level[drop["begin_s"]] < report.baseline_pct - 4
        assert level[drop["nadir_s"]] == drop["nadir_pct"] == min(v for at, v in level.items() if drop["begin_s"] <= at < (drop["end_s"] or 10**9))
        assert drop["end_s"] is None or level[drop["end_s"]] >= report.baseline_pct - 2


def test_events_below_the_mean_are_low_from_first_to_last() -> None:
    one = night()
    since = (one.time - one.time[0]).astype(int).tolist()
    level = {at: reading for at, reading in zip(since, one.spo2.tolist(), strict=True) if reading is not None}
    for event in one.desaturations("mean120", slope=False).events:
        inside = {at: v for at, v in level.items() if event["begin_s"] <= at <= event["last_s"]}
        before = [v for at, v in level.items() if event["begin_s"] - 120 <= at < event["begin_s"]]
        assert event["baseline_pct"] == pytest.approx(np.mean(before))
        assert max(inside.values()) <= event["baseline_pct"] - 3 and min(inside.values()) == event["nadir_pct"]
        assert event["duration_s"] == event["last_s"] - event["begin_s"] >= 10


def test_the_nested_events_have_one_depth() -> None:
    assert min(night().desaturations("aasm-nested").events["depth_pct"]) == 4
    with pytest.raises(ValueError, match="is 4, not 3"):
        night().desaturations("aasm-nested", listed_pct=3)


@pytest.mark.parametrize("pct", [1, 11, -3, 260])
def test_other_depths_are_refused(pct: int) -> None:
    with pytest.raises(ValueError, match="between 2 and 10"):
        night().desaturations(listed_pct=pct)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("setting", [{"max_motion": 5}, {"slope": False}, {"min_duration_s": 5}, {"median_readings": 5}, {"trim_start_s": 60}])
def test_a_setting_that_an_index_does_not_follow_is_refused_everywhere(profile: Any, setting: Any) -> None:
    [name] = setting
    is_of_events = name in ("min_duration_s", "median_readings")
    known = profile in (("aasm", "aasm-nested") if is_of_events else FILTERED)
    for use in (
        lambda: night().analyze(profile, **setting),
        lambda: night().desaturations(profile, **setting),
        lambda: oxicore.read_many([night()], profile=profile, **setting),
    ):
        if known:
            use()
        else:
            with pytest.raises(ValueError, match=f'"{profile}" has no setting "{name}", its events stay the same: aasm'):
                use()


@pytest.mark.parametrize("profile", PROFILES)
def test_parts_are_refused_by_profiles_of_whole_recordings(profile: Any) -> None:
    parts = [(0 * HOUR, HOUR)]
    for use in (
        lambda: night().analyze(profile, within=parts).index4,
        lambda: night().desaturations(profile, listed_pct=4, within=parts).index,
    ):
        if profile in FILTERED:
            index = use()
            assert index.seconds == night().analyze(within=parts).quality.valid_s
        else:
            with pytest.raises(ValueError, match="has no within"):
                use()


@pytest.mark.parametrize("pct", [2, 5, 10])
@pytest.mark.parametrize("profile", ["aasm", "viatom", "pobm", "mean120"])
def test_an_analysis_and_a_cohort_list_events_of_any_depth(profile: Any, pct: int) -> None:
    alone = night().desaturations(profile, listed_pct=pct)
    numbers = night().analyze(profile, listed_pct=pct)
    for name in alone.events.column_names:
        assert numbers.events[name] == alone.events[name]
    assert numbers.aasm == night().analyze().aasm and numbers.provenance["listed_pct"] == pct
    listed = oxicore.read_many(night(), profile=profile, listed_pct=pct, events=True).events
    assert listed.column(alone.events.column_names[0]) == alone.events.column(alone.events.column_names[0])
    assert profile != "aasm" or set(numbers.events["pulse_rise"]) == {None}


def test_a_file_for_others_has_events_of_any_depth() -> None:
    marks = [night().to_edf(listed_pct=pct).count(b"Desaturation") for pct in (2, 3, 10)]
    assert marks == [len(night().desaturations(listed_pct=pct).events) for pct in (2, 3, 10)]


def test_the_median_has_a_length_and_the_shortest_event_any() -> None:
    one = night(2, 8.0)
    assert one.analyze(median_readings=3).aasm == one.analyze(median3=True).aasm
    numbers = [one.analyze(median_readings=readings) for readings in (3, 5, 7, 9)]  # type: ignore[arg-type]
    assert len({analysis.aasm.odi4.count for analysis in numbers}) > 1
    assert numbers[0].changed_settings == {"median3": True}
    assert numbers[1].changed_settings == {"median3": True, "median_readings": 5} and numbers[1].settings.aasm.median_readings == 5
    for wrong in (1, 4, 11, -3):
        with pytest.raises(ValueError, match="median_readings must be"):
            one.analyze(median_readings=wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="median3=False has none"):
        one.analyze(median_readings=5, median3=False)
    short = oxicore.Recording.from_arrays(np.arange(1_200), np.where(np.arange(1_200) % 60 < 4, 90, 96))
    assert (short.analyze(slope=False).aasm.odi3.count, short.analyze(slope=False, min_duration_s=5).aasm.odi3.count) == (0, 19)
    found = short.desaturations(slope=False, min_duration_s=5)
    assert found.index.count == 19 and set(found.events["duration_s"]) == {5}
    definition = short.analyze(slope=False, min_duration_s=5).definition3
    assert definition is not None and ", with min_duration_s=5, algorithm revision" in definition


def test_plausible_ranges_are_settings() -> None:
    one = night()
    numbers = one.analyze(spo2_range_pct=(90, 99), pulse_range_bpm=(55, 65))
    assert numbers.spo2 is not None and numbers.pulse is not None
    assert 90 <= numbers.spo2.min_pct <= numbers.spo2.max_pct <= 99
    assert 55 <= numbers.pulse.min_bpm <= numbers.pulse.max_bpm <= 65
    assert numbers.quality.spo2_out_of_range == ((one.spo2 < 90) | (one.spo2 > 99)).sum()
    assert numbers.changed_settings == {"spo2_range_pct": [90, 99], "pulse_range_bpm": [55, 65]}
    assert numbers.settings.filter.spo2_range_pct == (90, 99) and numbers.settings.filter.pulse_range_bpm == (55, 65)
    assert one.analyze(spo2_range_pct=(50, 100)).changed_settings == {}
    usual = one.analyze().settings
    assert (usual.filter.spo2_range_pct, usual.filter.pulse_range_bpm, usual.aasm.median_readings) == ((50, 100), (25, 250), 3)


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


def test_parts_of_one_definition_and_of_a_comparison_are_those_of_the_analysis() -> None:
    one = night()
    parts = [(timedelta(minutes=10), timedelta(minutes=50)), (timedelta(minutes=70), timedelta(minutes=110))]
    numbers = one.analyze(within=parts)
    alone = one.desaturations(within=parts)
    assert (alone.index, alone.spo2, alone.provenance["changed"]) == (numbers.index3, numbers.spo2, numbers.changed_settings)
    assert alone.events["onset_s"] == numbers.events["onset_s"]
    compared = one.compare(within=parts)
    assert list(dict.fromkeys(compared["profile"])) == list(FILTERED)
    assert compared[0]["per_h"] == numbers.aasm.odi3.per_h and set(compared["seconds"]) == {numbers.quality.valid_s}
    assert compared.provenance["changed"] == numbers.changed_settings
    whole = [(0 * HOUR, 2 * HOUR)]
    by_profile = {(row["profile"], row["threshold_pct"]): row["per_h"] for row in one.compare()}
    assert all(row["per_h"] == by_profile[row["profile"], row["threshold_pct"]] for row in one.compare(within=whole))


def test_parts_of_many_nights(tmp_path: Path) -> None:
    files = [tmp_path / f"night{seed}.csv" for seed in range(2)]
    for seed, file in enumerate(files):
        file.write_bytes(night(seed).to_csv())
    one, other = map(oxicore.read, files)
    mask = np.arange(len(one)) % 900 < 450
    clock = [(other.start + 0.5 * HOUR, other.start + HOUR)]
    cohort = oxicore.read_many(files, within={files[0]: mask, str(files[1]): clock}, definitions="all", events=True)
    for row, of, within in zip(cohort, (one, other), (mask, clock), strict=True):
        numbers = of.analyze(within=within)
        assert (row["odi3_per_h"], row["valid_s"], row["spo2_mean_pct"]) == (numbers.aasm.odi3.per_h, numbers.quality.valid_s, numbers.spo2.mean_pct)  # type: ignore[union-attr]
        assert json.loads(row["settings"]) == numbers.changed_settings
    assert set(cohort.definitions["profile"]) == set(FILTERED)
    of_one = [row["onset_s"] for row in cohort.events if row["night"] == 0]
    assert of_one == one.analyze(within=mask).events["onset_s"]
    first_hour = oxicore.read_many([one, other], within=[(0 * HOUR, HOUR)])
    assert first_hour["odi3_per_h"] == [of.analyze(within=[(0 * HOUR, HOUR)]).aasm.odi3.per_h for of in (one, other)]
    whole = oxicore.read_many(files, within={files[0]: None, files[1]: clock})
    assert whole["odi3_per_h"][0] == one.analyze().aasm.odi3.per_h
    with pytest.raises(ValueError, match="has nothing for .*night1.csv.*None"):
        oxicore.read_many(files, within={files[0]: mask})
    with pytest.raises(ValueError, match="which is none of the nights"):
        oxicore.read_many(files, within={files[0]: mask, files[1]: clock, "night9.csv": clock})
    wrong = oxicore.read_many(files, within={files[0]: mask[:5], files[1]: clock})
    assert wrong["error_code"] == ["within", None] and "as long as the night" in wrong[0]["error"]


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
