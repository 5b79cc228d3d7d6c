/** What an application imports by name; it is compiled, never run. */
import init, { Live, Recording, type Analysis } from "oxicore";
import { Recording as InlineRecording } from "oxicore/inline";
import { Recording as WebRecording } from "oxicore/web";

export const classes = [Recording, WebRecording];

export async function numbers(bytes: Uint8Array): Promise<Analysis> {
  await init();
  new Live({ interval: 4 }).free();
  InlineRecording.fromColumns({ interval: 4, spo2: [96] }).free();
  return Recording.parse(bytes).analyze();
}
