import { Fault } from "../../fault.ts";
import { isDay } from "../../market/calendar.ts";
import type { PostingValues } from "../../market/facts.ts";
import { jsonText } from "../json-text.ts";
import type { RowFault } from "../row-fault.ts";
import type { NewEntry, ParseAbout, Parsed } from "../source.ts";

export type Json = { readonly [name: string]: unknown };

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text at a path of names, without outer blanks; null for anything else. */
export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(value, path);
  const text = typeof found === "number" ? String(found) : found;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | null {
  const found = valueAt(value, path);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = isRecord(at) ? at[name] : undefined;
  return at;
}

/** The jobs of a board's answer, which has them under "jobs". Throws a Fault (`bad_file`) for anything else. */
export function jobsIn(text: string): readonly unknown[] {
  const answer = jsonText(text);
  if (isRecord(answer) && Array.isArray(answer["jobs"])) return answer["jobs"];
  throw new Fault(
    "bad_file",
    "This answer lists no jobs.",
    "A board's answer has them under jobs.",
  );
}

/** The UTC day of an ISO time or of milliseconds since 1970; null for anything else, and for days to come. */
export function dayAt(value: string | number | null, today: string): string | null {
  if (value === null) return null;
  const time = typeof value === "number" ? value : Date.parse(value);
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return null;
  const day = new Date(time).toISOString().slice(0, 10);
  return isDay(day) && day <= today ? day : null;
}

/** An http(s) address, or null. */
export function addressOf(text: string | null): string | null {
  return text !== null && /^https?:\/\/\S+$/.test(text) ? text : null;
}

export interface ReadJob {
  readonly id: string | null;
  /** Left out without a word: unlisted, or no job of the company. */
  readonly isListed: boolean;
  readonly values: PostingValues;
}

/**
 * A board's answer as postings of one board: what it lists is all it has, so that a job that is gone is gone. Jobs without
 * an id or a title are faults.
 */
export function postingsOf(
  jobs: readonly unknown[],
  token: string,
  read: (job: Json) => ReadJob,
  notices: readonly string[] = [],
): Parsed {
  const entries: NewEntry[] = [];
  const faults: RowFault[] = [];
  let unlisted = 0;
  for (const [at, job] of jobs.entries()) {
    const row = at + 1;
    if (!isRecord(job)) {
      faults.push({ row, column: "", value: String(job).slice(0, 40), reason: "is no job" });
      continue;
    }
    const { id, isListed, values } = read(job);
    if (!isListed) unlisted += 1;
    else if (id === null) faults.push({ row, column: "id", value: "", reason: "has no id" });
    else if (values.title === "")
      faults.push({ row, column: "title", value: "", reason: "has no title" });
    else entries.push({ shelf: "postings", id: `${token}/${id}`, values });
  }
  return {
    rows: jobs.length,
    entries,
    layoffs: [],
    faults,
    notices: [
      ...notices,
      ...(unlisted > 0
        ? [`${unlisted} unlisted ${unlisted === 1 ? "job" : "jobs"} left out.`]
        : []),
    ],
    asOfOn: null,
    wholeOf: `${token}/`,
  };
}

/** The token of the board an answer is of: as it was asked, else as its jobs' addresses say. Throws a Fault without either. */
export function tokenOf(
  { topic }: ParseAbout,
  addresses: readonly (string | null)[],
  inAddress: RegExp,
): string {
  if (topic !== undefined) return topic;
  for (const address of addresses) {
    const token = address === null ? undefined : inAddress.exec(address)?.[1];
    if (token !== undefined) return token;
  }
  throw new Fault(
    "bad_file",
    "Which company's board this is, its answer does not say.",
    "Boards are asked by their name; a file needs at least one job's address.",
  );
}
