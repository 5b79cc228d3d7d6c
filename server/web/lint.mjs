/** House rules the type checker does not know. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const LONGEST_FILE = 400;
const LONGEST_LINE = 140;

/** What must not stand in a source file, and why. */
const FORBIDDEN = [
  [/\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write/, "builds markup from text: a file name could become a script"],
  [/\beval\(|new Function\(/, "the content security policy forbids it"],
  [/setAttribute\("style"/, "the content security policy forbids it"],
  [/\bconsole\./, "nobody reads it; show the user a message"],
  [/:\s*any\b|<any>|as any\b/, "hides a type error"],
  [/@ts-(ignore|nocheck|expect-error)/, "hides a type error"],
  [/\b(TODO|FIXME)\b/, "write an issue instead"],
  [/\blocalStorage\b|\bsessionStorage\b|document\.cookie/, "nothing about a patient stays in the browser"],
  [/get(Hours|Minutes|Seconds|Date|Month|FullYear)\(/, "reads the browser's time zone; recordings keep the device's clock"],
];

const sources = readdirSync(`${ROOT}src`, { recursive: true, encoding: "utf8" }).filter((file) => /\.(ts|css)$/.test(file));
const complaints = sources.flatMap((file) => check(file, readFileSync(`${ROOT}src/${file}`, "utf8").split("\n")));
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exit(complaints.length === 0 ? 0 : 1);

function check(file, lines) {
  const found = lines.length > LONGEST_FILE ? [`src/${file}: ${lines.length} lines, at most ${LONGEST_FILE}`] : [];
  lines.forEach((line, index) => {
    const place = `src/${file}:${index + 1}`;
    if (line.length > LONGEST_LINE) found.push(`${place}: line of ${line.length} characters, at most ${LONGEST_LINE}`);
    for (const [pattern, why] of FORBIDDEN) if (pattern.test(line)) found.push(`${place}: ${pattern.source}: ${why}`);
  });
  return found;
}
