import assert from "node:assert/strict";
import test from "node:test";
import { Recording } from "../pkg/node/oxicore.mjs";
import { differences, fixture, json, realNights } from "./support.mjs";

const GOLDEN = json("golden/synthetic.json");

test("the golden file has recordings in it", () => {
  assert.ok(Object.keys(GOLDEN).length >= 10);
});

for (const [name, expected] of Object.entries(GOLDEN)) {
  test(`${name} gives the golden numbers and events`, () => {
    const night = Recording.parse(fixture(name), name);
    assert.deepEqual(differences(night.analyze(), expected.summary), []);
    assert.deepEqual(night.desaturations(), expected.events);
    assert.deepEqual(differences(night.compare(), expected.indices), []);
    night.free();
  });
}

/** Where the oracle's number stands in the analysis. */
const PLACES = {
  "spo2.n": "spo2.n",
  "spo2.mean": "spo2.mean_pct",
  "spo2.median": "spo2.median_pct",
  "spo2.min": "spo2.min_pct",
  "spo2.max": "spo2.max_pct",
  "pulse.mean": "pulse.mean_bpm",
  "pulse.min": "pulse.min_bpm",
  "pulse.max": "pulse.max_bpm",
  "filter.missing": "quality.missing_spo2",
  "filter.slope": "quality.spo2_slope",
  valid_s: "quality.valid_s",
  recording_s: "recording.recording_s",
  "events.aasm3": "aasm.odi3.count",
  "events.aasm4": "aasm.odi4.count",
  "odi.aasm3": "aasm.odi3.per_h",
  "odi.aasm4": "aasm.odi4.per_h",
  "events.viatom3": "viatom.drops3",
  "events.viatom4": "viatom.drops4",
  "odi.viatom3": "viatom.drops3_per_h",
  "odi.viatom4": "viatom.drops4_per_h",
};

const at = (value, path) => path.split(".").reduce((here, step) => here[step], value);

const nights = realNights();
const skip = nights === null && "OXI_REAL_NIGHTS is not set";

test("every real night gives the known numbers", { skip }, () => {
  for (const [id, { name, bytes }] of nights) {
    const expected = json("oracles/nights/expected.json")[id].summary;
    const night = Recording.parse(bytes, name);
    const analysis = night.analyze({ below_range: "gap" }); // what the other implementations count
    for (const [theirs, ours] of Object.entries(PLACES)) {
      assert.deepEqual(differences(at(analysis, ours), at(expected, theirs), `${id} ${ours}`), []);
    }
    night.free();
  }
});

test("night 1001 has 9001 samples, 67 of them without SpO2 but with a pulse", { skip }, () => {
  const { name, bytes } = nights.get("1001");
  const night = Recording.parse(bytes, name);
  const { spo2_valid, pulse_valid } = night.columns();
  const withPulse = spo2_valid.filter((valid, index) => valid === 0 && pulse_valid[index] === 1);
  assert.deepEqual([night.length, spo2_valid.reduce((sum, valid) => sum + valid, 0), withPulse.length], [9001, 8934, 67]);
  night.free();
});
