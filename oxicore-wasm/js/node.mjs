/** Entry point of Node.js for `import`: the same module, and the same classes, as for `require`. */
export { JoinError, Live, ParseError, Recording, compareNights, initSync, nightStatistics } from "./oxicore.cjs";

/** Ready already. */
export default async function init() {}
