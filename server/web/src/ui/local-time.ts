/** Moments of the platform's own clock, which the server writes in UTC, on the reader's clock, with the zone said. */

/** Rewrites every `<time data-local datetime="…Z">`. */
export function showLocalTimes(root: ParentNode, lang: string): void {
  for (const place of root.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    const text = localTime(place.dateTime, lang);
    if (text !== null) place.textContent = text;
  }
}

/** "29.01.2025, 22:35 EET"; null for what is no moment. */
export function localTime(moment: string, lang: string, timeZone?: string): string | null {
  const at = new Date(moment);
  if (Number.isNaN(at.valueOf())) return null;
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    ...zone,
  }).format(at);
}
