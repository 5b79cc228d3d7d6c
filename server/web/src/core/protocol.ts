/** What the page and its worker say to each other. A file goes over as a handle, results as plain data. */
import type { ReadOptions } from "oxicore/oxicore.js";
import type { Night, Refusal } from "./night";

export type Format = "csv" | "edf";

/** In which order the dates of a file are written, where somebody has decided. */
export type DateOrder = NonNullable<ReadOptions["date_order"]>;

/** A file, its name as a hint for the order of day and month, and the order that its doctor has decided. */
export interface Part {
  readonly file: Blob;
  readonly name: string;
  readonly dateOrder?: DateOrder | undefined;
}

/** What a recording is read from: a file, or those that make one night together. */
export type Source = readonly Part[];

export type Request =
  | { readonly id: number; readonly wish: "open"; readonly source: Source }
  | { readonly id: number; readonly wish: Format; readonly source: Source };

export type Reply =
  | { readonly id: number; readonly night: Night }
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly refusal: Refusal }
  | { readonly id: number; readonly failure: string };
