/** What every place runs: a file, lists, a live night and a refusal, in one line. */
export const check = (entry, options = "") => `
import init, { Live, ParseError, Recording } from ${JSON.stringify(entry)};
${options.imports ?? ""}
export async function check() {
  await init(${options.init ?? ""});
  const rows = Array.from({ length: 300 }, (_, i) => \`2026-01-02 22:\${String(Math.floor(i / 15)).padStart(2, "0")}:\${String((i % 15) * 4).padStart(2, "0")},\${i % 60 < 6 ? 88 : 96},60\`);
  const night = Recording.parse(new TextEncoder().encode(["Time,SpO2,PR", ...rows].join("\\n")));
  const { spo2, pulse } = night.columns();
  const again = Recording.fromColumns({ interval: 4, spo2, pulse });
  const live = new Live({ interval: 4 });
  spo2.forEach((pct) => live.push({ spo2: pct, pulse: 60 }));
  const counts = [night.analyze(), again.analyze(), live.finish().summary].map(({ aasm }) => aasm.odi3.count);
  night.free();
  let refused = "";
  try {
    Recording.parse(new TextEncoder().encode("%PDF-1.7 and more"));
  } catch (error) {
    if (error instanceof ParseError) refused = error.code;
  }
  return \`\${counts.join(" ")} \${refused}\`;
}
`;

/** What it answers. */
export const EXPECTED = "4 4 4 pdf-file";
