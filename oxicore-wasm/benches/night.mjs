/** A made-up ten-hour night as most devices write it: every 4 s a row `HH:MM:SS DD/MM/YYYY,spo2,pulse,motion`. */
const INTERVAL_S = 4;
const ROWS = 9000;
const START_MS = Date.UTC(2025, 0, 29, 20, 35, 10);

const two = (number) => String(number).padStart(2, "0");

function row(index) {
  const time = new Date(START_MS + index * INTERVAL_S * 1000);
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(":");
  const date = `${two(time.getUTCDate())}/${two(time.getUTCMonth() + 1)}/${time.getUTCFullYear()}`;
  return `${clock} ${date},${readings(index).join(",")}`;
}

/** A dip every five minutes, a lost reading now and then. */
function readings(index) {
  const dip = index % 75;
  const spo2 = dip < 12 ? 95 - Math.round(7 * Math.sin((dip / 12) * Math.PI)) : 95 + (index % 3 === 0 ? 1 : 0);
  const pulse = 58 + (index % 7) + (dip > 10 && dip < 15 ? 12 : 0);
  return index % 1100 === 700 ? ["--", pulse, 0] : [spo2, pulse, index % 40 === 0 ? 3 : 0];
}

export function madeUpNight() {
  const lines = ["Time,Oxygen Level,Pulse Rate,Motion", ...Array.from({ length: ROWS }, (_, index) => row(index)), ""];
  return { bytes: new TextEncoder().encode(lines.join("\n")), rows: ROWS };
}
