/** Two definitions event by event, and the events of any definition. */
import assert from "node:assert/strict";
import test from "node:test";
import { Recording } from "../pkg/node/oxicore.mjs";
import { fixture, json, realNights } from "./support.mjs";

const PROFILES = ["aasm", "aasm-nested", "viatom", "pobm", "mean120", "mean120-analyzer"];
const byOnset = (one, other) => one.onset_s - other.onset_s || one.end_s - other.end_s;

for (const [name, reconciled] of Object.entries(json("golden/reconciliation.json"))) {
  test(`${name} is reconciled as the golden file says, and every event is matched or lost`, () => {
    const night = Recording.parse(fixture(name), name);
    for (const expected of reconciled) {
      const { a, b } = expected;
      assert.deepEqual(night.reconcile(a, b), expected);
      const ofA = [...expected.matched.map(([event]) => event), ...expected.only_a.map(({ event }) => event)];
      assert.deepEqual(night.events(a), ofA.sort(byOnset));
    }
    night.free();
  });
}

const nights = realNights();

test("every profile lists as many events as its index counts", { skip: nights === null && "OXI_REAL_NIGHTS is not set" }, () => {
  for (const { name, bytes } of nights.values()) {
    const night = Recording.parse(bytes, name);
    const counts = night.compare().map(({ profile, threshold, count }) => [profile, threshold === "three" ? 3 : 4, count]);
    assert.equal(new Set(counts.map(([profile]) => profile)).size, PROFILES.length);
    for (const [profile, depth_pct, count] of counts) assert.equal(night.events({ profile, depth_pct }).length, count, `${name} ${profile} ${depth_pct}`);
    night.free();
  }
});

test("settings stand side by side or in their objects, and a definition that was given back is one", () => {
  const name = "D1_vihealth_6col_20260102235930.csv";
  const night = Recording.parse(fixture(name), name);
  const pobm = { profile: "pobm", depth_pct: 3 };
  const found = night.reconcile({ profile: "aasm", depth_pct: 3, look_back_s: 60, slope: false }, pobm);
  assert.deepEqual([found.a.aasm.look_back_s, found.a.filter.slope, found.b.filter], [60, false, null]);
  assert.deepEqual(night.reconcile({ profile: "aasm", depth_pct: 3, aasm: { look_back_s: 60 }, filter: { slope: false } }, pobm), found);
  assert.deepEqual(night.reconcile(found.a, found.b), found);
  night.free();
});
