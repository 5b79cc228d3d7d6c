/** What one writes first: split into lines, split into cells, a Date for each row. */
const reading = (cell) => (cell === "--" ? 0 : Number(cell));

function moment(cell) {
  const [clock, date] = cell.split(" ");
  const [hour, minute, second] = clock.split(":").map(Number);
  const [day, month, year] = date.split("/").map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

export function plain(bytes) {
  const lines = new TextDecoder().decode(bytes).split("\n").slice(1).filter((line) => line !== "");
  const rows = lines.map((line) => {
    const [time, spo2, pulse, motion] = line.split(",");
    return { time: moment(time), spo2: reading(spo2), pulse: reading(pulse), motion: reading(motion) };
  });
  const start = rows[0].time.getTime();
  return {
    time: Uint32Array.from(rows, ({ time }) => (time.getTime() - start) / 1000),
    spo2: Uint8Array.from(rows, ({ spo2 }) => spo2),
    pulse: Uint16Array.from(rows, ({ pulse }) => pulse),
    motion: Uint8Array.from(rows, ({ motion }) => motion),
  };
}
