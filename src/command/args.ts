import { z } from "zod";

/** How one argument is offered to people: help, completion and both platforms read it. */
export interface ArgMeta {
  readonly describe: string;
  /** What completes it while typed; each has at most 25 suggestions. */
  readonly complete?: "company" | "role" | "sector" | "country" | "stage" | "command";
  /** A closed set, in the order to show it. */
  readonly choices?: readonly string[];
  /** Discord's option type; text unless told. */
  readonly type?: "text" | "integer" | "boolean";
  readonly min?: number;
  readonly max?: number;
  /** An example value for help and placeholders. */
  readonly example?: string;
}

/** What is known of every argument schema made here. */
const metas = z.registry<ArgMeta>();

const LONGEST = 80;

/** Free text of at most 80 characters (`longest` to differ). */
export function words(describe: string, more: Partial<ArgMeta> = {}, longest = LONGEST) {
  return z
    .string()
    .max(longest)
    .optional()
    .register(metas, { describe, ...more });
}

/** One of a closed set. */
export function choice<const T extends readonly [string, ...string[]]>(
  describe: string,
  choices: T,
  more: Partial<ArgMeta> = {},
) {
  return z
    .preprocess(
      (value) => (typeof value === "string" ? value.toLowerCase() : value),
      z.enum(choices),
    )
    .optional()
    .register(metas, { describe, choices, ...more });
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
    .register(metas, { describe, type: "boolean", example: "yes" });
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
    .register(metas, { describe, type: "integer", min, max, ...more });
}

export interface ArgDeclaration {
  readonly name: string;
  readonly meta: ArgMeta;
  readonly required: boolean;
}

/** The arguments of a command in order, with how each is offered. */
export function argsOf(command: { readonly args: z.ZodObject }): readonly ArgDeclaration[] {
  return Object.entries<unknown>(command.args.shape).flatMap(([name, schema]) =>
    schema instanceof z.ZodType
      ? [
          {
            name,
            meta: metas.get(schema) ?? { describe: "" },
            required: !schema.safeParse(undefined).success,
          },
        ]
      : [],
  );
}
