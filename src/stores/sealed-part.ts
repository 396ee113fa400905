import { z } from "zod";

/** Parts of records that were found to fit, frozen through and through, with the schema each of them fits. */
const sealed = new WeakMap<object, z.ZodType>();

/** The JSON of parts that stand in many records. */
const texts = new WeakMap<object, string>();

export function isSealedPart(value: object): boolean {
  return sealed.has(value);
}

/**
 * The schema of a part that stays as it is while its record changes, or that many records share: what came out of it
 * once is taken as it is, and anything else is checked, copied and frozen.
 */
export function sealedPart<Schema extends z.ZodType>(schema: Schema) {
  return z.unknown().transform((value, { issues }): z.output<Schema> => {
    if (isOf(value, schema)) return value;
    const checked = schema.safeParse(value);
    if (!checked.success) {
      for (const { path, message } of checked.error.issues)
        issues.push({ code: "custom", path, message, input: value });
      return z.NEVER;
    }
    const part = frozen(checked.data);
    if (typeof part === "object" && part !== null) sealed.set(part, schema);
    return part;
  });
}

function isOf<Schema extends z.ZodType>(value: unknown, schema: Schema): value is z.output<Schema> {
  return typeof value === "object" && value !== null && sealed.get(value) === schema;
}

/** Frozen through and through, so that neither the giver nor a reader can change what is kept. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !sealed.has(value)) {
    for (const item of Object.values(value)) frozen(item);
    Object.freeze(value);
  }
  return value;
}

/** Puts a part into JSON once for all records it will stand in; the text is kept as long as the part. */
export function keepText(part: object): void {
  if (sealed.has(part) && !texts.has(part)) texts.set(part, JSON.stringify(part));
}

/** How deep sealed parts lie in a record: its value, that one's reply, and the blocks of it. */
export const RECORD_PARTS = 3;

/** What JSON.stringify gives for plain data, with the text of parts that was kept; these lie so deep at most. */
export function jsonOf(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const kept = texts.get(value);
  if (kept !== undefined) return kept;
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item: unknown) => jsonOf(item ?? null, depth - 1)).join(",")}]`;
  const fields = [];
  for (const [name, item] of Object.entries(value))
    if (item !== undefined) fields.push(`${JSON.stringify(name)}:${jsonOf(item, depth - 1)}`);
  return `{${fields.join(",")}}`;
}
