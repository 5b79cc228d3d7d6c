/** Processor time of one process, because the machine may have other work; competitors take turns within each round. */
const ROUNDS = 21;
/** Each turn lasts about this long, far above the clock's step. */
const TURN_US = 20_000;

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function cpuUs(run, times) {
  globalThis.gc?.({ type: "minor" }); // nobody pays for what the one before left behind; a full one would also undo the compiler's work
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/** Warms up, and finds how many calls fill a turn. */
function callsPerTurn(run) {
  cpuUs(run, 300);
  return Math.max(1, Math.round(TURN_US / cpuUs(run, 10)));
}

/** Median microseconds a call of each competitor. */
export function race(competitors) {
  const lanes = Object.entries(competitors).map(([name, run]) => ({ name, run, calls: callsPerTurn(run), us: [] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const lane of lanes) lane.us.push(cpuUs(lane.run, lane.calls));
  }
  return Object.fromEntries(lanes.map(({ name, us }) => [name, median(us)]));
}
