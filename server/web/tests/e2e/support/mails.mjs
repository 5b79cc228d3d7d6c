/** Mails that the platform put into a folder, as mail programs read them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PATIENCE_MS = 20_000;

/** A folder for the setting MAIL_FOLDER; `next(email)` waits for a mail to an address that was not read before. */
export function mailFolder() {
  const path = mkdtempSync(join(tmpdir(), "oxi-mails-"));
  const read = new Set();
  const unread = () => readdirSync(path).filter((name) => name.endsWith(".eml") && !read.has(name)).sort();
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true }),
    async next(email) {
      const end = Date.now() + PATIENCE_MS;
      while (Date.now() < end) {
        for (const name of unread()) {
          const mail = parse(readFileSync(join(path, name), "utf8"));
          if (!mail.to.includes(email)) continue;
          read.add(name);
          return mail;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      throw new Error(`no mail to ${email}; there are ${readdirSync(path).join(", ")}`);
    },
  };
}

/** Recipients, text and HTML of a mail with both. */
function parse(source) {
  const { headers, body } = part(source);
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"])[1];
  const parts = body.split(`--${boundary}`).slice(1, -1).map((piece) => part(piece.replace(/^\r\n/, "")));
  const of = (type) => decode(parts.find(({ headers }) => headers["content-type"].startsWith(type)));
  return { to: headers.to, text: of("text/plain"), html: of("text/html") };
}

function part(source) {
  const end = source.indexOf("\r\n\r\n");
  const lines = source.slice(0, end).replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  return { headers: Object.fromEntries(pairs), body: source.slice(end + 4) };
}

function decode({ headers, body }) {
  const encoding = headers["content-transfer-encoding"];
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
