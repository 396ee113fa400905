const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
] as const;

/** "13,115". */
export function count(number: number): string {
  return WHOLE.format(number);
}

/** "1 event", "8 events", "2 companies". */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** "$199,129". */
export function usd(amount: number): string {
  return `$${WHOLE.format(amount)}`;
}

/** "6 %", "0.5 %": whole from ten on, at most one decimal below (two with `fine`). */
export function percent(value: number, fine = false): string {
  const digits = fine ? 2 : Math.abs(value) < 10 ? 1 : 0;
  return `${Number(value.toFixed(digits))} %`;
}

/** "−66 %", "+12 %", "±0 %": whole percent, as a change is said. */
export function signedPercent(value: number): string {
  const whole = Math.abs(value) < 10 ? Number(value.toFixed(1)) : Math.round(value);
  if (whole === 0) return "±0 %";
  return `${whole > 0 ? "+" : "−"}${count0(Math.abs(whole))} %`;
}

function count0(value: number): string {
  return value >= 1000 ? WHOLE.format(value) : String(value);
}

/** Relative change in percent, or null where there is nothing to compare with. */
export function changePct(current: number, previous: number): number | null {
  return previous === 0 ? null : (100 * (current - previous)) / previous;
}

/** Rounded to `digits` decimals, for figures that are read by programs. */
export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** "17 Apr 2024". */
export function longDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}

/** "1 Jan – 15 Mar 2024", "1 Dec 2023 – 5 Jan 2024", "17 Apr 2024". */
export function daySpan(from: string, to: string): string {
  if (from === to) return longDay(from);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${longDay(from)} – ${longDay(to)}`;
  const start = longDay(from);
  return `${start.slice(0, -5)} – ${longDay(to)}`;
}

/** "today", "3 days", "5 weeks", "4 months", "2.6 years": how long ago something was. */
export function age(days: number): string {
  if (days <= 0) return "today";
  if (days < 14) return plural(days, "day");
  if (days < 61) return plural(Math.round(days / 7), "week");
  if (days < 730) return plural(Math.round(days / 30.44), "month");
  return `${(days / 365.25).toFixed(1)} years`;
}

/** "reuters.com" of an http(s) address; the text itself when it is none ("Internal memo"). */
export function hostOf(url: string): string {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "http:" || parsed.protocol === "https:"
      ? parsed.hostname.replace(/^www\./, "")
      : url;
  } catch {
    return url;
  }
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(url);
}

/** A time as it follows a noun: "layoffs in 2023", "layoffs, 1 Jan – 15 Mar 2024", "layoffs since 2023", "layoffs, last 7 days". */
export function during(label: string): string {
  if (label === "" || label === "all dates") return "";
  if (/^(since|to|up to) /.test(label)) return ` ${label}`;
  return /^\d{4}/.test(label) ? ` in ${label}` : `, ${label}`;
}

/** Words joined as people do: "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

interface Counts {
  readonly people: number;
  readonly events: number;
  readonly companies: number;
  readonly unknownSize: number;
}

/** "at least 50,312 people" — the floor; "no size reported" when no event said how many. */
export function floor(totals: Pick<Counts, "people" | "events" | "unknownSize">): string {
  if (totals.events === 0) return "no known events";
  if (totals.people === 0 && totals.unknownSize > 0) return "size not reported";
  return `at least ${plural(totals.people, "person", "people")}`;
}

/** "at least 50,312 people in 219 events at 209 companies (83 events of unknown size)". */
export function totalsSentence(totals: Counts): string {
  if (totals.events === 0) return "no known events";
  const unknown =
    totals.unknownSize > 0 ? ` (${plural(totals.unknownSize, "event")} of unknown size)` : "";
  return `${floor(totals)} in ${plural(totals.events, "event")} at ${plural(totals.companies, "company", "companies")}${unknown}`;
}

/** "4 events (1 size not reported)". */
export function eventsWords(totals: Pick<Counts, "events" | "unknownSize">): string {
  const unknown = totals.unknownSize > 0 ? ` (${count(totals.unknownSize)} size not reported)` : "";
  return `${plural(totals.events, "event")}${unknown}`;
}

/** What stands under a day something was learned, where the source of some events does not tell it; nothing where all do. */
export function assumedWords({ learnedAssumed }: { readonly learnedAssumed: number }): string[] {
  return learnedAssumed === 0
    ? []
    : [
        `${plural(learnedAssumed, "event does", "events do")} not say when ${learnedAssumed === 1 ? "it was" : "they were"} added: the announced date stands in for it.`,
      ];
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
