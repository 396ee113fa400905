import { cite, Fault } from "../fault.ts";

/** A time of day at the head of some words, and how many words it took. */
export interface TimeRead {
  /** "HH:MM", 24 hours. */
  readonly time: string;
  readonly taken: 1 | 2;
}

/**
 * `9`, `9:00`, `09.30`, `0900`, `9h30`, `9am`, `9:30 pm`, `noon`, `midnight`; undefined when the word has no form of a time.
 * Throws Fault("bad_schedule") when it has and there is no such time.
 */
export function readTime(word: string, following: string): TimeRead | undefined {
  if (word === "noon") return { time: "12:00", taken: 1 };
  if (word === "midnight") return { time: "00:00", taken: 1 };
  const parts =
    /^(\d{1,2})(?:[:.h](\d{2})?)?([ap])?\.?(?:m\.?)?$/.exec(word) ??
    /^(\d{2})(\d{2})()$/.exec(word);
  if (parts === null || /m\.?$/.test(word) !== (parts[3] !== undefined && parts[3] !== ""))
    return undefined;
  const half = /^([ap])\.?m\.?$/.exec(following)?.[1];
  const taken = parts[3] || half === undefined ? 1 : 2;
  const hour = hourOf(Number(parts[1]), parts[3] || half, word);
  const minute = Number(parts[2] ?? 0);
  if (minute > 59) throw noTime(word, "09:30");
  return { time: `${two(hour)}:${two(minute)}`, taken };
}

function hourOf(hour: number, half: string | undefined, word: string): number {
  if (half === undefined) {
    if (hour === 24) throw noTime(word, "00:00, which begins the next day");
    if (hour > 23) throw noTime(word, "09:00");
    return hour;
  }
  if (hour < 1 || hour > 12)
    throw noTime(`${word}${word.endsWith("m") ? "" : `${half}m`}`, "9am, or 09:00");
  return (hour % 12) + (half === "p" ? 12 : 0);
}

function noTime(word: string, right: string): Fault {
  return new Fault("bad_schedule", `There is no time ${cite(word)}.`, `Use ${right}.`);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
