"""Numbers of many nights against the plainest reading of the definitions: sets of nights, fractions, no order statistics."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import product
from statistics import median
from typing import Any

import numpy as np
import oxicore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from nights import night

CUTOFFS = [5, 15, 30]

#: Events and seconds; of every second night the index is exactly 5, 15 or 30.
COUNTED = some.one_of(
    some.none(),
    some.tuples(some.integers(0, 400), some.integers(600, 40_000)),
    some.builds(lambda fives, twelfths: (fives * twelfths, 720 * twelfths), some.sampled_from([1, 3, 6]), some.integers(1, 60)),
)
NIGHTS = some.lists(COUNTED, min_size=1, max_size=40)


def per_h(counted: tuple[int, int] | None) -> float | None:
    return None if counted is None else counted[0] / (counted[1] / 3600)


def coverage(nights: int, rank: int) -> Fraction:
    """How often at least ``rank`` nights lie on each side of a median that each is below as often as above."""
    inside = sum(math.comb(nights, below) for below in range(rank, nights - rank + 1))
    return Fraction(inside, 2**nights)


def twin_interval(values: list[float], confidence: float) -> tuple[float, float, int] | None:
    ranks = [rank for rank in range(1, len(values) // 2 + 1) if coverage(len(values), rank) >= Fraction(confidence)]
    if not ranks:
        return None
    return sorted(values)[max(ranks) - 1], sorted(values, reverse=True)[max(ranks) - 1], max(ranks)


def twin_class(counted: tuple[int, int], at_cutoff: str) -> int:
    index = Fraction(counted[0] * 3600, counted[1])
    return sum(index > cutoff or (index == cutoff and at_cutoff == "upper") for cutoff in CUTOFFS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(NIGHTS, some.sampled_from([0.5, 0.8, 0.95, 0.96875, 0.99]))
def test_median_range_and_interval_are_those_of_the_twin(counted: list[Any], confidence: float) -> None:
    values = [per_h(one) for one in counted]
    defined = [value for value in values if value is not None]
    spread = oxicore.night_statistics(values, confidence=confidence).spread
    assert (spread.nights, spread.undefined) == (len(defined), values.count(None))
    assert (spread.min, spread.max) == (min(defined, default=None), max(defined, default=None))
    assert spread.median == (pytest.approx(median(defined), rel=1e-15) if defined else None)
    expected = twin_interval(defined, confidence)
    found = spread.median_interval
    if expected is None or found is None:
        assert (expected, found) == (None, None)
        return
    assert (found.low, found.high, found.low_rank) == expected
    assert found.high_rank == len(defined) + 1 - found.low_rank
    assert found.coverage == pytest.approx(float(coverage(len(defined), found.low_rank)), rel=1e-14)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(NIGHTS, some.sampled_from(["upper", "lower"]))
def test_classes_are_those_of_fractions(counted: list[Any], at_cutoff: Any) -> None:
    found = oxicore.night_statistics([per_h(one) for one in counted], cutoffs=CUTOFFS, at_cutoff=at_cutoff)
    classes = [twin_class(one, at_cutoff) for one in counted if one is not None]
    assert [one.nights for one in found.classes] == [classes.count(place) for place in range(4)]
    assert [(one.lower_cutoff, one.upper_cutoff) for one in found.classes] == [(None, 5), (5, 15), (15, 30), (30, None)]
    assert [one.share for one in found.classes] == [classes.count(place) / len(classes) if classes else None for place in range(4)]
    if len(classes) < 2:
        assert found.otherwise is None
        return
    assert found.class_of_median is not None and found.otherwise is not None
    assert (found.otherwise.nights, found.otherwise.of) == (sum(one != found.class_of_median for one in classes), len(classes))


def test_coverage_is_that_of_all_orders_of_seven_nights() -> None:
    """Each night is below the true median or above it; of the 128 ways the interval misses where all are on one side."""
    interval = oxicore.night_statistics([float(one) for one in range(7)]).spread.median_interval
    assert interval is not None
    ways = list(product([-1, 1], repeat=7))
    held = [way for way in ways if sorted(way)[interval.low_rank - 1] < 0 < sorted(way)[interval.high_rank - 1]]
    assert interval.coverage == len(held) / len(ways)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(NIGHTS, NIGHTS)
def test_two_groups_are_each_as_if_alone(one: list[Any], other: list[Any]) -> None:
    groups = [[per_h(counted) for counted in group] for group in (one, other)]
    found = oxicore.compare_nights(*groups)
    assert [found.one, found.other] == [oxicore.night_statistics(group).spread for group in groups]
    both = found.one.median is not None and found.other.median is not None
    assert found.median_difference == (found.other.median - found.one.median if both else None)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("nights", "why"),
    [
        ([], "there is no night"),
        ([1.0, float("nan")], r"night 1 \(from 0\) is no finite number"),
        ([float("inf")], r"night 0 \(from 0\) is no finite number"),
        ([None, 2.0, -0.5], r"night 2 \(from 0\) is negative"),
    ],
)
def test_nights_that_cannot_be_are_refused_with_their_place(nights: list[Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        oxicore.night_statistics(nights)
    with pytest.raises(ValueError, match=f"other: {why}"):
        oxicore.compare_nights([1.0], nights)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"cutoffs": [15, 5]}, r"cut-off 1 \(from 0\) is not above the one before it"),
        ({"cutoffs": [5, 5]}, r"cut-off 1 \(from 0\) is not above"),
        ({"cutoffs": [5, float("nan")]}, r"cut-off 1 \(from 0\) is no finite number"),
        ({"cutoffs": [-5]}, r"cut-off 0 \(from 0\) is no finite number that is not negative"),
        ({"confidence": 95}, "between 0 and 1"),
        ({"confidence": 1.0}, "between 0 and 1"),
        ({"at_cutoff": "middle"}, "not one of upper, lower"),
    ],
)
def test_options_that_cannot_be_are_refused(options: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        oxicore.night_statistics([1.0], **options)


def test_what_is_no_number_is_refused_with_its_place() -> None:
    pandas = pytest.importorskip("pandas")
    for wrong in ("5", True, pandas.NA, [1.0]):
        with pytest.raises(TypeError, match=r"night 1 \(from 0\) is .*, neither a number nor None"):
            oxicore.night_statistics([1.0, wrong])
    assert oxicore.night_statistics(np.array([1, 3])).spread.median == 2.0


def test_a_cohort_gives_the_numbers_of_its_column() -> None:
    cohort = oxicore.read_many([*(night(seed) for seed in range(7)), ("letter", b"Dear all")])
    values = cohort.column("odi3_per_h")
    found = oxicore.night_statistics(cohort, "odi3_per_h", cutoffs=CUTOFFS)
    assert found == oxicore.night_statistics(values, cutoffs=CUTOFFS)
    assert (found.spread.nights, found.spread.undefined) == (7, 1)
    assert found.spread.median_interval is not None
    with pytest.raises(KeyError):
        oxicore.night_statistics(cohort, "odi5_per_h")
    with pytest.raises(TypeError, match="measure says which column"):
        oxicore.night_statistics(cohort)
    with pytest.raises(TypeError, match="are numbers already"):
        oxicore.night_statistics(values, "odi3_per_h")


def test_two_cohorts_are_compared_only_where_they_were_made_alike() -> None:
    nights = [night(seed) for seed in range(4)]
    before, after = oxicore.read_many(nights[:2]), oxicore.read_many(nights[2:])
    found = oxicore.compare_nights(before, after, "odi3_per_h")
    assert found == oxicore.compare_nights(before.column("odi3_per_h"), after.column("odi3_per_h"))
    with pytest.raises(ValueError, match="different profile, so a difference would be theirs: 'aasm' and 'pobm'"):
        oxicore.compare_nights(before, oxicore.read_many(nights[2:], profile="pobm"), "odi3_per_h")
    with pytest.raises(ValueError, match=r"different settings.* False and True"):
        oxicore.compare_nights(before, oxicore.read_many(nights[2:], median3=True), "odi3_per_h")


def test_the_values_are_plain_data() -> None:
    import dataclasses

    found = oxicore.night_statistics([4.0, 6.0], cutoffs=[5])
    assert json.loads(json.dumps(dataclasses.asdict(found)))["otherwise"] == {"nights": 1, "of": 2}
