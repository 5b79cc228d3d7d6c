/** Numbers of many nights, against the definitions. */
import assert from "node:assert/strict";
import test from "node:test";
import { Recording, compareNights, nightStatistics } from "../pkg/node/oxicore.mjs";
import { fixture, random } from "./support.mjs";

const CUTOFFS = [5, 15, 30];
function nightsOf(seed) {
  const next = random(seed);
  const one = () => (next() < 0.15 ? null : Math.round(next() * 400) / 10);
  return Array.from({ length: 1 + Math.floor(next() * 30) }, one);
}

/** How often between `rank` and `nights - rank` of the nights are below the median. */
function coverage(nights, rank) {
  let row = [1];
  for (let night = 0; night < nights; night += 1) row = [...row, 0].map((ways, below) => ways + (row[below - 1] ?? 0));
  return row.slice(rank, nights - rank + 1).reduce((sum, ways) => sum + ways, 0) / 2 ** nights;
}

function twin(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const nights = sorted.length;
  const middle = sorted.slice(Math.floor((nights - 1) / 2), Math.floor(nights / 2) + 1);
  const ranks = sorted.map((_, place) => place + 1).filter((rank) => 2 * rank <= nights && coverage(nights, rank) >= 0.95);
  const rank = Math.max(...ranks);
  return {
    nights,
    undefined: values.length - nights,
    median: nights === 0 ? null : middle[0] + (middle.at(-1) - middle[0]) / 2,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    median_interval: ranks.length === 0 ? null : { low: sorted[rank - 1], high: sorted[nights - rank], low_rank: rank, high_rank: nights + 1 - rank, coverage: coverage(nights, rank) },
  };
}

test("median, range, interval and classes of random nights are those of the definition", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const values = nightsOf(seed);
    const { spread, classes, class_of_median, otherwise } = nightStatistics(values, { cutoffs: CUTOFFS });
    assert.deepEqual(spread, twin(values), `seed ${seed}`);
    const defined = values.filter((value) => value !== null);
    const classOf = (value) => CUTOFFS.filter((cutoff) => value >= cutoff).length;
    assert.deepEqual(classes.map(({ nights }) => nights), [0, 1, 2, 3].map((place) => defined.filter((value) => classOf(value) === place).length));
    assert.equal(class_of_median, spread.median === null ? null : classOf(spread.median));
    const others = defined.filter((value) => classOf(value) !== class_of_median).length;
    assert.deepEqual(otherwise, defined.length < 2 ? null : { nights: others, of: defined.length });
  }
});

test("a number at a cut-off is in the class that is asked for, and undefined is no number", () => {
  const nights = (options) => nightStatistics([5, 5, undefined, 4], { cutoffs: [5], ...options }).classes.map((one) => one.nights);
  assert.deepEqual([nights({}), nights({ at_cutoff: "upper" }), nights({ at_cutoff: "lower" })], [[1, 2], [1, 2], [3, 0]]);
  assert.equal(nightStatistics([null]).spread.median, null);
});

test("a lower confidence has an interval of fewer nights", () => {
  assert.equal(nightStatistics([1, 2, 3]).spread.median_interval, null);
  assert.equal(nightStatistics([1, 2, 3], { confidence: 0.75 }).spread.median_interval.coverage, 0.75);
});

test("two groups of analyses side by side", () => {
  const names = ["D1_vihealth_6col_20260102235930.csv", "D2_utf16be_20260102235930.csv"];
  const odi3 = names.map((name) => Recording.parse(fixture(name), name).analyze().aasm.odi3.per_h);
  const compared = compareNights(odi3, [...odi3, null, 2.5]);
  assert.deepEqual(compared.one, nightStatistics(odi3).spread);
  assert.equal(compared.other.undefined, 1);
  assert.equal(compared.median_difference, compared.other.median - compared.one.median);
});

test("what cannot be is a RangeError that says why", () => {
  const refusals = [
    [() => nightStatistics([]), /nights: there is no night/],
    [() => nightStatistics([1, NaN]), /night 1 \(from 0\) is no finite number/],
    [() => nightStatistics([-1]), /night 0 \(from 0\) is negative/],
    [() => nightStatistics([1, "2"]), /nights must be a list of numbers, null where there is none/],
    [() => nightStatistics(5), /nights must be a list/],
    [() => nightStatistics([1], { cutoffs: [15, 5] }), /cut-off 1 \(from 0\) is not above/],
    [() => nightStatistics([1], { cutoffs: [-5] }), /cut-off 0/],
    [() => nightStatistics([1], { cutoffs: 5 }), /options.cutoffs must be a list/],
    [() => nightStatistics([1], { confidence: 95 }), /between 0 and 1/],
    [() => nightStatistics([1], { at_cutoff: "middle" }), /"upper" or "lower"/],
    [() => nightStatistics([1], { cutOffs: [5] }), /options has no cutOffs/],
    [() => compareNights([1], []), /other: there is no night/],
    [() => compareNights([1], [1], { cutoffs: [5] }), /options has no cutoffs/],
  ];
  for (const [call, why] of refusals) assert.throws(call, (error) => error instanceof RangeError && why.test(error.message));
});
