/** What every entry point gives, but for how it becomes ready. */
import * as glue from "glue";
import { guarded, mustBeReady, whenReady } from "./ready.js";

export { JoinError, ParseError } from "glue";

export const Recording = guarded(glue.Recording);
Recording.parse = whenReady(Recording.parse);
Recording.fromColumns = whenReady(Recording.fromColumns);

export class Live extends guarded(glue.Live) {
  constructor(night, options) {
    mustBeReady();
    super(night, options);
  }
}

export const nightStatistics = whenReady(glue.nightStatistics);
export const compareNights = whenReady(glue.compareNights);
