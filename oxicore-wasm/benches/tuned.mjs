/** JavaScript at its best for this one dialect: bytes, fixed places, no strings, the calendar once a day. */
const NEWLINE = 10;
const COMMA = 44;
const DASH = 45;
/** Least bytes of a row with its line end. */
const SHORTEST = 26;

const pair = (bytes, at) => bytes[at] * 10 + bytes[at + 1] - 528;

/** Midnight of a row's date, seconds since 1970. */
function midnight(bytes, at) {
  const year = pair(bytes, at + 6) * 100 + pair(bytes, at + 8);
  return Date.UTC(year, pair(bytes, at + 3) - 1, pair(bytes, at)) / 1000;
}

class Cells {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The number of the next cell, 0 where there is no reading. */
  next() {
    const { bytes } = this;
    let value = 0;
    let at = this.at;
    for (let byte = bytes[at]; byte !== COMMA && byte !== NEWLINE; byte = bytes[++at]) {
      if (byte !== DASH) value = value * 10 + byte - 48;
    }
    this.at = at + 1;
    return value;
  }
}

export function tuned(bytes) {
  const most = Math.floor(bytes.length / SHORTEST);
  const [atS, spo2, pulse, motion] = [new Uint32Array(most), new Uint8Array(most), new Uint16Array(most), new Uint8Array(most)];
  const cells = new Cells(bytes, bytes.indexOf(NEWLINE) + 1);
  let [rows, start, day, date] = [0, 0, 0, -1];
  for (; cells.at < bytes.length; rows += 1) {
    const { at } = cells;
    const written = (bytes[at + 9] << 24) | (bytes[at + 10] << 16) | (bytes[at + 12] << 8) | bytes[at + 13];
    if (written !== date) [date, day] = [written, midnight(bytes, at + 9)];
    const time = day + pair(bytes, at) * 3600 + pair(bytes, at + 3) * 60 + pair(bytes, at + 6);
    if (rows === 0) start = time;
    cells.at = at + 20;
    atS[rows] = time - start;
    spo2[rows] = cells.next();
    pulse[rows] = cells.next();
    motion[rows] = cells.next();
  }
  return { time: atS.slice(0, rows), spo2: spo2.slice(0, rows), pulse: pulse.slice(0, rows), motion: motion.slice(0, rows) };
}
