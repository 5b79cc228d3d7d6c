/** What was noticed while reading a file, in the words of the page. */
import type { Analysis } from "../core/night";
import type { MessageKey, Messages } from "../ui/messages";

type Notices = Analysis["notices"];

/** Counters: said when not zero. */
const COUNTED: readonly (readonly [keyof Notices, MessageKey])[] = [
  ["rows_dropped", "viewer-rows-dropped"],
  ["rows_retimed", "viewer-rows-retimed"],
  ["clock_unset_rows", "viewer-clock-unset"],
  ["duplicates_removed", "viewer-duplicates-removed"],
  ["readings_skipped", "viewer-readings-skipped"],
  ["countdown_records", "viewer-countdown"],
  ["rows_spread", "viewer-rows-spread"],
  ["rows_without_time", "viewer-rows-without-time"],
  ["lines_skipped", "viewer-lines-skipped"],
  ["unread_bytes", "viewer-unread-bytes"],
  ["signals_left_out", "viewer-signals-left-out"],
  ["rounded_readings", "viewer-rounded-readings"],
];

/** Facts: said when the field has this value. */
const STATED: readonly (readonly [keyof Notices, string | boolean, MessageKey])[] = [
  ["interval_assumed", true, "viewer-interval-assumed"],
  ["date_order_rule", "assumed-day-first", "viewer-date-order-unsure"],
  ["date_order_rule", "assumed-month-first", "viewer-date-order-month"],
  ["start_source", "universal", "viewer-start-universal"],
  ["start_source", "converted", "viewer-start-converted"],
  ["start_source", "file-name", "viewer-start-from-name"],
  ["start_source", "file-name-utc", "viewer-start-from-name-utc"],
  ["start_source", "unknown", "viewer-start-unknown"],
  ["not_finalised", true, "viewer-not-finalised"],
  ["checksum_mismatch", true, "viewer-checksum-mismatch"],
  ["spo2_like_pulse", true, "viewer-spo2-like-pulse"],
  ["record_size_doubtful", true, "viewer-record-size-doubtful"],
  ["start_doubtful", true, "viewer-start-doubtful"],
  ["clock_doubtful", true, "viewer-clock-doubtful"],
  ["interval_too_coarse", true, "viewer-interval-too-coarse"],
];

/** Names of columns or signals: said when a name decided. */
const NAMED: readonly (readonly [keyof Notices, MessageKey])[] = [
  ["spo2_label", "viewer-spo2-label"],
  ["pulse_label", "viewer-pulse-label"],
];

export function noticeTexts({ notices: found, recording }: Analysis, messages: Messages): string[] {
  const bytes = found.truncated_bytes; // of a binary those that are missing, of a text those of its unfinished line
  const cut = recording.format === "csv" ? "viewer-truncated-line" : "viewer-truncated";
  return [
    ...(bytes > 0 ? [messages.say(cut, { bytes })] : []),
    ...COUNTED.filter(([field]) => Number(found[field]) > 0).map(([field, key]) => messages.say(key, { rows: Number(found[field]) })),
    ...STATED.filter(([field, value]) => found[field] === value).map(([, , key]) => messages.say(key)),
    ...NAMED.filter(([field]) => found[field] !== null).map(([field, key]) => messages.say(key, { label: String(found[field]) })),
  ];
}

/** What the reader must know before any number: shown as on the recording page. */
export function warningTexts({ quality }: Analysis, messages: Messages): string[] {
  const hidden = quality.below_range_readings;
  return [
    ...(hidden > 0 ? [messages.say("viewer-below-range", { count: hidden })] : []),
    ...(quality.short_recording ? [messages.say("recording-short")] : []),
  ];
}
