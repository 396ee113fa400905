import type { PayLevel } from "./facts.ts";

/** In order: the first that fits counts, so that a "Senior Director" is an executive and a "Senior Associate" a senior. */
const LEVELS: readonly (readonly [PayLevel, RegExp])[] = [
  ["executive", /\b(?:chief|c[efot]o|president|vp|svp|evp|director|head of)\b/i],
  ["senior", /\b(?:senior|sr|staff|principal|lead|distinguished|fellow)\b/i],
  ["entry", /\b(?:intern|internship|junior|jr|graduate|new grad|apprentice|trainee|entry)\b/i],
  ["mid", /\b(?:mid|mid-level|intermediate)\b/i],
];

/** The level a job's title says; null where it says none, which is not the same as the middle. "Technical staff" says none. */
export function titleLevel(title: string): PayLevel | null {
  const plain = title.replace(/\btechnical staff\b/gi, "").replace(/\bchief of staff\b/gi, "");
  return LEVELS.find(([, words]) => words.test(plain))?.[0] ?? null;
}
