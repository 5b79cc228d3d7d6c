/** A made-up night as a CSV file: calm stretches, series of falls, a deep one, a few missing readings. The same bytes every time. */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `hours` of readings every `intervalS` seconds, beginning at 22:00 on the `day` of January 2026. */
export function csvNight({ hours, intervalS, day }) {
  const start = Date.UTC(2026, 0, day, 22);
  const lines = ["Time,Oxygen Level,Pulse Rate,Motion"];
  let state = day * 7919;
  const random = (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  for (let at = 0; at < hours * 3600; at += intervalS) lines.push(row(new Date(start + at * 1000), at, random));
  return `${lines.join("\n")}\n`;
}

function row(moment, at, random) {
  const clock = moment.toISOString().slice(11, 19);
  const date = `${MONTHS[moment.getUTCMonth()]} ${String(moment.getUTCDate()).padStart(2, "0")} ${moment.getUTCFullYear()}`;
  const inFall = Math.floor(at / 1800) % 3 === 1 ? Math.max(0, 12 - Math.abs((at % 80) - 40) / 3) : 0;
  const spo2 = random(200) === 0 ? "--" : Math.round(95 - inFall - random(2));
  return `${clock} ${date},${spo2},${58 + random(8) + Math.round(inFall)},${random(12) === 0 ? random(20) : 0}`;
}
