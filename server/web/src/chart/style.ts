/** What the reader may change about the picture while it is shown; the panels look here every time they draw. */
import type { Depth, Desaturation } from "../core/night";
import type { LevelProfile } from "./theme/level";

export interface ChartStyle {
  level: LevelProfile;
  /** How deep a desaturation must be to be shaded, percent. */
  depth: Depth;
  /** The desaturations that are shaded. */
  events: readonly Desaturation[];
  /** The event the reader has chosen in the table, outlined. */
  chosen: Desaturation | null;
}
