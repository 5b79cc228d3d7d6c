/**
 * The words the scripts show. The server renders them (one language per page) into
 *
 *     <script type="application/json" id="messages">{"chart-label": "…", …}</script>
 *
 * A message's key is its Fluent id. A placeable of the Fluent message ({ $line }) is rendered with its own name between
 * percent signs ("%line%"), so that one message serves the server and the scripts. README.md says who puts what on a page.
 */

/** Pages with a chart: the recording page, the patient's view of a recording, the viewer. */
export const CHART_KEYS = [
  "chart-label", // aria-label: "Interactive chart of the night: oxygen saturation, pulse and motion by clock time"
  "chart-help", // how to use it: drag zooms, Shift+drag moves, two fingers or Ctrl+wheel zoom, arrows + - 0, double click resets
  "chart-loading", // "The interactive chart is being prepared…"
  "chart-failed", // "The interactive chart could not be shown; the picture and the numbers are complete without it."
  "chart-spo2", // axis: "SpO₂ (%)"
  "chart-pulse", // axis: "Pulse (bpm)"
  "chart-motion", // lane: "Motion"
  "chart-no-reading", // "no reading"
  "chart-point-hint", // read-out before the pointer is over the chart: "Point at the chart to read time, SpO₂, pulse and motion."
  "chart-value-time", // read-out labels: "Time"
  "chart-value-spo2", // "SpO₂"
  "chart-value-pulse", // "Pulse"
  "chart-value-motion", // "Motion"
  "chart-unit-bpm", // "bpm" / "bătăi/min"
  "chart-window", // "Shown: %from% – %to%"
  "chart-zoom-in", // buttons
  "chart-zoom-out",
  "chart-move-left",
  "chart-move-right",
  "chart-whole-night",
  "chart-threshold", // line label: "%value% %"
  "chart-colours", // label of the choice of colours
  "chart-colours-steps", // its options
  "chart-colours-gradient",
  "chart-colours-simple",
  "chart-colours-three-zones",
  "chart-colours-medical",
  "chart-colours-blue-red",
  "chart-colours-grayscale",
  "chart-legend-steps", // what the colours mean: "SpO₂ level, the lower the darker"
  "chart-legend-gradient", // what the colours mean: "SpO₂ level, from low (violet, red) to high (green)"
  "chart-legend-simple",
  "chart-legend-three-zones",
  "chart-legend-medical",
  "chart-legend-blue-red",
  "chart-legend-grayscale",
  "chart-overview-from", // names of the two grips of the strip under the chart
  "chart-overview-to",
  "chart-overlay-label", // aria-label of several nights over each other
  "chart-overlay-hint", // read-out before the pointer is over it: "Point at the chart to read the SpO2 of every night."
  "chart-events-summary", // "Table of falls of %value% % and more (%count%)"
  "chart-events-none", // "No fall of %value% % or more …"
  "chart-event-show", // "show in the chart"
  "chart-legend-desaturation", // "Counted desaturation (fall of at least 3 points)"
  "chart-legend-uncounted", // "Fall that is not counted (too long, cut by a gap or by the end)"
  "chart-legend-threshold", // "Thresholds 90 % and 88 %"
  "chart-legend-below-range", // "SpO2 below the range of the ring"
  "chart-legend-gap", // "Break in the line: nothing recorded"
  "desaturation-complete", // kinds of desaturation
  "desaturation-sustained",
  "desaturation-gap",
  "desaturation-end",
  "profile-choice", // "Definition of the indices"
  "profile-depth", // "Falls shown"
  "profile-depth-from", // "from %value% %"
  "profile-odi", // "ODI%value% (per hour)"
  "profile-count", // "%count% events in %duration% of %denominator%"
  "profile-too-short", // why there is no index
  "profile-too-coarse",
  "profile-shading-note", // the chart goes on showing the desaturations of profile aasm
  "profile-aasm", // names and definitions
  "profile-viatom",
  "profile-pobm",
  "profile-mean120",
  "profile-mean120-analyzer",
  "profile-aasm-definition",
  "profile-viatom-definition",
  "profile-pobm-definition",
  "profile-mean120-definition",
  "profile-mean120-analyzer-definition",
  "denominator-valid-spo2",
  "denominator-recording",
  "denominator-device",
  "export-label", // "Save from this device"
  "export-png",
  "export-jpg",
  "export-svg",
  "export-csv",
  "export-edf",
  "export-json",
  "export-failed",
  "chart-t90-with-below-range", // "%tninety% (%value% with readings below range)"
  "export-caption", // under a picture: "ODI3 %odi3% /h …", %odi4%, %tninety%, %min%
  "numbers-different", // warning: "The browser and the server computed different numbers for this file. Trust neither …"
] as const;

/** Pages with the upload form. */
export const UPLOAD_KEYS = [
  "upload-drop-hint", // "Drop files here or choose them"
  "upload-sending", // "Sending %name%: %percent% %"
  "upload-stored", // "%name%: stored"
  "upload-duplicate", // "%name%: here already" (the server's own words follow)
  "upload-refused", // "%name%: refused" (the server's own reason follows)
  "upload-incomplete-note", // "What is there of the file can be read. If you decide to store that much, …"
  "upload-incomplete-store", // "Store what is there"
  "upload-open", // link text: "Open the recording"
  "upload-network", // "The connection failed; nothing more was sent. Try again."
  "upload-session", // "The session has ended. Log in again."
  "upload-clinic", // "You work in another clinic now than the one the page was opened for; the file was not stored."
  "upload-too-large", // "The file is larger than the platform accepts."
  "upload-finished", // "Finished: %stored% stored, %duplicates% here already, %refused% refused."
] as const;

/** The page a patient's link opens, before the secret is exchanged. */
export const PATIENT_KEYS = [
  "patient-opening", // "Opening…"
] as const;

/** The sheet of a patient's link. */
export const LINK_KEYS = [
  "link-copied", // "The link has been copied."
] as const;

/** One message a parse error code; `parse-error-unknown` stands in for a code this page does not know. */
export const PARSE_ERROR_KEYS = [
  "parse-error-unknown",
  "parse-error-found", // "In the file: “%text%”"
  "parse-error-expected", // "Accepted, for example: “%text%”."
  "parse-error-place-line", // "line %line%"
  "parse-error-place-line-column", // "line %line%, column %column%"
  "parse-error-place-offset", // "byte %offset%"
] as const;

/** The viewer that never uploads; it shows charts too (CHART_KEYS) and every parse error. */
export const VIEWER_KEYS = [
  "viewer-drop-hint", // "Drop files here or choose them. They stay on this device."
  "viewer-reading", // "Reading %name%…"
  "viewer-reading-of", // the same with %at% of %all%
  "viewer-note-close", // name of the × at a note: "Close the note about %name%"
  "viewer-already-open", // "%name% is open already."
  "viewer-already-open-as", // "%name% is open already, as %open%: …"
  "viewer-show", // button: leads to the night that is meant
  "viewer-opened", // "New nights on the page: %count%."
  "viewer-show-first", // button: leads to the first of them
  "viewer-language-offline", // why the language does not change
  "viewer-refused", // "%name% could not be read:"
  "viewer-truncated-line", // "The file ends inside a line; %bytes% bytes of it were not used."
  "viewer-truncated", // notice: "The file is cut: %bytes% bytes at its end are not a whole record and were left out."
  "viewer-rows-dropped", // notices with %rows%
  "viewer-rows-retimed",
  "viewer-duplicates-removed",
  "viewer-clock-unset",
  "viewer-readings-skipped",
  "viewer-countdown",
  "viewer-below-range", // warning with %count%: readings with a pulse and no SpO₂
  "recording-short", // warning: under four hours of valid signal
  "viewer-fact-start", // what the file says
  "viewer-fact-end",
  "viewer-fact-length",
  "viewer-fact-interval",
  "viewer-fact-records",
  "viewer-fact-format",
  "viewer-format-csv", // kinds of file, one message for each format of the core
  "viewer-format-legacy",
  "viewer-format-oxyii",
  "viewer-format-pod2",
  "viewer-format-edf",
  "viewer-format-contec",
  "viewer-format-choicemmed",
  "viewer-fact-device", // the summary that the device itself wrote into the file
  "viewer-device-mean", // "mean SpO2 %value% %", and so on
  "viewer-device-min",
  "viewer-device-drops3",
  "viewer-device-drops4",
  "viewer-device-below",
  "viewer-device-pulse",
  "viewer-device-score",
  "viewer-too-large", // the file has more than %value% MB
  "viewer-unreadable", // the device does not hand the file over
  "viewer-too-short", // why there is no index, in few words
  "viewer-too-coarse",
  "viewer-comparison-show", // "Draw %name%"
  "viewer-offline-ready", // the page opens without a connection from now on
  "viewer-interval-assumed", // notices without a number
  "viewer-date-order-unsure",
  "viewer-start-from-name",
  "viewer-start-from-name-utc",
  "viewer-start-unknown",
  "viewer-not-finalised",
  "viewer-checksum-mismatch",
  "viewer-rows-spread",
  "viewer-rows-without-time",
  "viewer-lines-skipped",
  "viewer-unread-bytes",
  "viewer-signals-left-out",
  "viewer-rounded-readings",
  "viewer-date-order-month",
  "viewer-start-universal",
  "viewer-start-converted",
  "viewer-spo2-like-pulse",
  "viewer-record-size-doubtful",
  "viewer-start-doubtful",
  "viewer-clock-doubtful",
  "viewer-interval-too-coarse",
  "viewer-spo2-label",
  "viewer-pulse-label",
  "viewer-close", // button: "Remove %name% from this page"
  "viewer-join", // button: "Read as one night"
  "viewer-join-continues", // question before it: "%later% begins %pause% after the end of %earlier%. …"
  "viewer-join-same-start", // "%earlier% and %later% begin at the same moment. …"
  "viewer-join-refused", // why not; and one message for each reason, `viewer-join-refused-<code>`
] as const;

export type MessageKey =
  | (typeof CHART_KEYS)[number]
  | (typeof UPLOAD_KEYS)[number]
  | (typeof PATIENT_KEYS)[number]
  | (typeof LINK_KEYS)[number]
  | (typeof PARSE_ERROR_KEYS)[number]
  | (typeof VIEWER_KEYS)[number];

type Values = Readonly<Record<string, string | number>>;

/** Says a message in the page's language. */
export interface Messages {
  say(key: MessageKey, values?: Values): string;
  /** The message of a parse error code, or the general one. */
  parseError(code: string, field?: string): string;
  /** Why recordings are not one night: the message of the code, or the general one. */
  joinError(code: string): string;
  /** The kind of file in words, or the core's own name of it. */
  formatName(format: string): string;
  readonly lang: string;
}

/** Reads the page's message block; a missing message shows its key, which is ugly, visible and harmless. */
export function pageMessages(): Messages {
  const block = document.getElementById("messages")?.textContent ?? "{}";
  const texts = JSON.parse(block) as Record<string, string>;
  const lang = document.documentElement.lang || "ro";
  const say = (key: string, values: Values = {}) => fill(texts[key] ?? key, values);
  return {
    lang,
    say,
    parseError: (code, field) => {
      const keys = [`parse-error-${code}-${field ?? ""}`, `parse-error-${code}`];
      return say(keys.find((key) => key in texts) ?? "parse-error-unknown");
    },
    formatName: (format) => texts[`viewer-format-${format}`] ?? format,
    joinError: (code) => say(`viewer-join-refused-${code}` in texts ? `viewer-join-refused-${code}` : "viewer-join-refused"),
  };
}

/** Fluent may wrap a placeable in directional isolates (U+2068, U+2069); they go with it. */
function fill(text: string, values: Values): string {
  return text.replace(/\u2068?%([a-z0-9]+)%\u2069?/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
