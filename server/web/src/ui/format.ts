/** Numbers as words: the server's formats, with the same rounding. */

/** A value of the stable JSON; null where a night does not define it. */
export type Scalar = number | string | boolean | null;

/** The server's formats by the same names, with the same rounding. */
export function print(value: Exclude<Scalar, null>, format: string, lang: string): string {
  if (typeof value !== "number") return String(value);
  const fixed = (digits: number) => rounded(value, digits, lang);
  const formats: Readonly<Record<string, () => string>> = {
    int: () => fixed(0),
    fixed2: () => fixed(2),
    fixed1: () => fixed(1),
    pct0: () => `${fixed(0)} %`,
    pct1: () => `${fixed(1)} %`,
    pct2: () => `${fixed(2)} %`,
    "per-hour": () => `${fixed(2)} /h`,
    duration: () => duration(value),
    "vendor-duration": () => shortDuration(value),
  };
  return (formats[format] ?? (() => String(value)))();
}

/** Halves go up, of the product and not of the exact binary value: so the server prints them. */
export function rounded(value: number, digits: number, lang: string): string {
  const shift = 10 ** digits;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(lang, options).format(Math.round(value * shift) / shift);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** As the vendor's report prints it, and as the table of desaturations does: "28:04" below an hour, "06:11:44" from one hour. */
export function shortDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${two(hours)}:${rest}`;
}

/** "6:08:56" */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
