import { z } from "zod";
import type { ArgMeta } from "./define.ts";

/**
 * The kinds of argument a command can take. Every value arrives as typed text; a wrong one is answered
 * in words by `explain` in parse.ts, from the same meta that help and completion read.
 */

const LONGEST = 80;

/** Free text of at most 80 characters (`longest` to differ). */
export function words(describe: string, more: Partial<ArgMeta> = {}, longest = LONGEST) {
  return z.string().max(longest).optional().meta(meta({ describe, ...more }));
}

/** One of a closed set. */
export function choice<const T extends readonly [string, ...string[]]>(describe: string, choices: T, more: Partial<ArgMeta> = {}) {
  return z
    .preprocess((value) => (typeof value === "string" ? value.toLowerCase() : value), z.enum(choices))
    .optional()
    .meta(meta({ describe, choices, ...more }));
}

/** `yes` or `no` (also y/n, true/false, on/off, 1/0). */
export function yesNo(describe: string) {
  return z
    .string()
    .transform((text, issues) => {
      if (/^(y|yes|true|on|1)$/i.test(text)) return true;
      if (/^(n|no|false|off|0)$/i.test(text)) return false;
      issues.addIssue({ code: "custom", message: "yes or no" });
      return z.NEVER;
    })
    .optional()
    .meta(meta({ describe, type: "boolean", example: "yes" }));
}

/** A whole number within bounds; `>=` before it is read as a lower bound and dropped. */
export function whole(describe: string, min: number, max: number, more: Partial<ArgMeta> = {}) {
  return z
    .string()
    .transform((text, issues) => {
      const digits = text.replace(/^>=?\s*/, "").replaceAll(",", "");
      const value = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
      if (value >= min && value <= max) return value;
      issues.addIssue({ code: "custom", message: `a whole number from ${min} to ${max}` });
      return z.NEVER;
    })
    .optional()
    .meta(meta({ describe, type: "integer", min, max, ...more }));
}

/** Zod keeps meta as an open record; ours has a known shape. */
function meta(shape: ArgMeta): Record<string, unknown> {
  return { ...shape };
}
