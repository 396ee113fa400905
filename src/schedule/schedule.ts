/** When something comes again, in the civil time of one zone. */
export interface Schedule {
  readonly days: Days;
  /** "HH:MM", 24 hours. */
  readonly time: string;
  /** An IANA name, spelled as the tz database spells it. */
  readonly zone: string;
}

export type Days =
  /** 1 is Monday, 7 is Sunday; ascending, never empty. All seven are "daily". */
  | { readonly kind: "weekdays"; readonly weekdays: readonly number[] }
  | { readonly kind: "monthly" | "quarterly"; readonly day: SpanDay };

/** A day of a month or quarter: the 1st to 31st (the last one where the first month is shorter), or the n-th of a kind. */
export type SpanDay =
  | { readonly number: number }
  | { readonly nth: 1 | 2 | 3 | 4 | "last"; readonly of: "day" | "weekday" | number };

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

const ORDINALS = ["first", "second", "third", "fourth"] as const;

/** The schedule in its one canonical line, which `parseSchedule` reads back: `every monday 09:00 Europe/Berlin`. */
export function scheduleText({ days, time, zone }: Schedule): string {
  return `${daysText(days)} ${time} ${zone}`;
}

function daysText(days: Days): string {
  if (days.kind !== "weekdays") return `${days.kind} ${spanDayText(days.day)}`;
  const { weekdays } = days;
  if (weekdays.length === 7) return "daily";
  if (weekdays.join() === "1,2,3,4,5") return "weekdays";
  const names = weekdays.map((weekday) => WEEKDAYS[weekday - 1]!);
  return `every ${[names.slice(0, -1).join(", "), names.at(-1)!].filter(Boolean).join(" and ")}`;
}

function spanDayText(day: SpanDay): string {
  if ("number" in day) return ordinal(day.number);
  const nth = day.nth === "last" ? "last" : ORDINALS[day.nth - 1]!;
  if (typeof day.of === "number") return `${nth} ${WEEKDAYS[day.of - 1]!}`;
  return day.of === "day" ? nth : `${nth} weekday`;
}

/** "1st", "2nd", "3rd", "11th", "22nd". */
function ordinal(number: number): string {
  const teen = number >= 11 && number <= 13;
  return `${number}${(teen ? undefined : ["st", "nd", "rd"][(number % 10) - 1]) ?? "th"}`;
}
