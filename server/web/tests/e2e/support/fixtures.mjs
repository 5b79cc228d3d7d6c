/** Recordings to upload, and the numbers they must give. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CORE_TESTS = new URL("../../../../../oxicore/tests/", import.meta.url);

export const GOLDEN = JSON.parse(readFileSync(new URL("golden/synthetic.json", CORE_TESTS), "utf8"));
export const fixturePath = (name) => fileURLToPath(new URL(`fixtures/${name}`, CORE_TESTS));

export const CSV = "D1_vihealth_6col_20260102235930.csv";
export const BINARY = "legacy_v3_4s_20260102235930";
/** A binary that ends inside a record. */
export const CUT = "legacy_v3_truncated_mid_record_20260102235930";

/** The real night 1001 with its known numbers, or null and a line that says so; it is health data and never in the repository. */
export function realNight() {
  const folder = process.env.OXI_REAL_NIGHTS;
  if (!folder) {
    process.stdout.write("skipped: OXI_REAL_NIGHTS names no folder of real nights\n");
    return null;
  }
  const name = readdirSync(folder).find((file) => file.includes(" 1001_"));
  return {
    path: `${folder}/${name}`,
    numbers: {
      "recording.records": 9001,
      "quality.missing_spo2_with_pulse": 67,
      "spo2.min_pct": 61,
      "aasm.odi3.count": 271,
      "aasm.odi4.count": 185,
      "viatom.drops3": 143,
      "viatom.drops4": 95,
    },
  };
}

/** What a user may upload by mistake. */
export const BAD_FILES = {
  empty: { name: "gol.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) },
  picture: { name: "poza.csv", mimeType: "text/csv", buffer: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") },
  header: { name: "antet.csv", mimeType: "text/csv", buffer: Buffer.from("Time,Oxygen Level,Pulse Rate,Motion\n") },
  row: {
    name: "rand.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,96,58,0\n22:00:04 Feb 30 2026,97,58,0\n"),
  },
};
