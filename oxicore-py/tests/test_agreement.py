"""Agreement of two measurements, against numpy."""

from __future__ import annotations

import numpy as np
import oxicore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from nights import night

NUMBERS = some.floats(-1e6, 1e6) | some.none() | some.just(float("nan"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(some.lists(some.tuples(NUMBERS, NUMBERS), max_size=30))
def test_bias_and_limits_are_those_of_numpy(pairs: list[tuple[float | None, float | None]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = oxicore.bland_altman(one, other)
    a, b = np.array(one, dtype=float), np.array(other, dtype=float)
    differences = (a - b)[~np.isnan(a - b)]
    assert (found.n, found.left_out) == (differences.size, len(pairs) - differences.size)
    if not found.n:
        assert (found.bias, found.sd, found.limits, found.bias_se) == (None, None, None, None)
        return
    assert found.bias == pytest.approx(differences.mean(), rel=1e-9, abs=1e-6)
    if found.n < 2:
        assert (found.sd, found.limits, found.limits_se) == (None, None, None)
        return
    sd = differences.std(ddof=1)
    assert found.sd == pytest.approx(sd, rel=1e-6, abs=1e-5)
    assert found.limits == pytest.approx((differences.mean() - 1.96 * sd, differences.mean() + 1.96 * sd), rel=1e-6, abs=1e-4)


def test_the_standard_errors_are_those_of_the_paper() -> None:
    """Bland and Altman 1986: 17 pairs, standard deviation 38.8 l/min: standard errors 9.4 and 16.3 (3 s2 over n there)."""
    found = oxicore.bland_altman(list(np.array([-1.0, 1.0] * 8 + [0.0]) * 38.8), [0.0] * 17)
    assert found.sd is not None
    assert found.bias_se == pytest.approx(found.sd / 17**0.5)
    assert found.limits_se == pytest.approx(1.71 * found.sd / 17**0.5, rel=0.02)


def test_two_definitions_of_a_cohort() -> None:
    nights = [night(seed) for seed in range(3)]
    cohort = oxicore.read_many([*nights, ("zeros", bytes(100))], definitions="all")
    found = cohort.agreement("aasm", "pobm", threshold_pct=4)
    expected = []
    for one in nights:
        aasm, pobm = one.analyze().index4, one.analyze("pobm").index4
        assert aasm is not None and pobm is not None and aasm.per_h is not None and pobm.per_h is not None
        expected.append(aasm.per_h - pobm.per_h)
    assert found.pairs["difference"] == expected
    assert repr(found).startswith("<oxicore.Agreement aasm minus pobm, desaturations of 4 % per hour: ")
    with pytest.raises(ValueError, match="no index at 3 %"):
        cohort.agreement("aasm-nested", "pobm")
    with pytest.raises(ValueError, match="asked for"):
        oxicore.read_many(nights).agreement("aasm", "pobm")


def test_pairs_of_different_cohorts_are_refused() -> None:
    with pytest.raises(ValueError, match="same nights: 1 and 2"):
        oxicore.bland_altman([1.0], [1.0, 2.0])


def test_the_plot_has_its_lines_and_says_what_is_taken_from_what() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    axes = oxicore.bland_altman([1.0, 2.0, 4.0], [1.5, 2.0, 3.0], names=("ring", "bedside")).plot(Figure().add_subplot())
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("ring minus bedside", "mean of ring and bedside")
    assert len(axes.lines) == 4 and "3 nights" in axes.get_title()
    assert [text.get_text().split()[0] for text in axes.get_legend().get_texts()] == ["mean", "limit", "limit"]
    assert oxicore.bland_altman([], []).plot(Figure().add_subplot()).get_legend() is None
