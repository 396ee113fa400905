import { cite, Fault } from "../fault.ts";
import { keyOf, type Change, type TableName } from "./book.ts";
import type { Reply } from "../reply/reply.ts";
import type { DigestTold } from "./records.ts";
import { recordSchema, toldPart } from "./record-schemas.ts";
import { replyPart } from "./reply-schema.ts";
import { frozen, isSealedPart, keepText } from "./sealed-part.ts";

const DEPTH_MOST = 32;

/**
 * A change as it may be kept: its value a frozen copy of plain data that fits its table's schema and its key's tenant.
 * Throws a Fault (`internal`) for anything else, since what is kept unfit could not be read back.
 */
export function sealedChange({ table, key, value, expect }: Change): Change {
  const sealed = sealedRecord(table, key, value);
  if (sealed.status === "unfit")
    throw new Fault(
      "internal",
      `${table} ${cite(key)} cannot be kept: ${sealed.why}. Nothing was changed.`,
    );
  return { ...sealed.record, ...(expect !== undefined && { expect }) };
}

export type Sealed =
  | { readonly status: "fits"; readonly record: Change }
  | { readonly status: "unfit"; readonly why: string };

/** A record from anywhere, frozen and checked, or why it cannot be kept. */
export function sealedRecord(table: TableName, key: string, value: unknown): Sealed {
  let plain: unknown;
  try {
    plain = { table, key: key.toWellFormed(), value: plainCopy(value, 1) };
  } catch (error) {
    return unfit(error instanceof Error ? error.message : "it is not plain data");
  }
  const checked = recordSchema.safeParse(plain);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return unfit(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "does not fit"}`);
  }
  const tenant = checked.data.value?.tenant;
  if (tenant !== undefined && !checked.data.key.startsWith(keyOf(tenant, "")))
    return unfit("its key begins with another tenant than its own");
  return { status: "fits", record: frozen(checked.data) };
}

/**
 * A reply as many messages will hold it, whole or with other buttons: what they share of it is checked, copied and put
 * into JSON once. One that does not fit is given back as it is, for the commit to refuse.
 */
export function sharedReply(reply: Reply): Reply {
  const checked = replyPart.safeParse(plainCopy(reply, 1));
  if (!checked.success) return reply;
  for (const part of [checked.data, checked.data.blocks, checked.data.figures]) keepText(part);
  return checked.data;
}

/** What digests of the same words told, likewise. */
export function sharedTold(told: DigestTold): DigestTold {
  const checked = toldPart.safeParse(plainCopy(told, 1));
  if (!checked.success) return told;
  keepText(checked.data);
  return checked.data;
}

function unfit(why: string): Sealed {
  return { status: "unfit", why };
}

/** What JSON would give back, at once: no undefined, no -0, no lone surrogates, and null for what is no number. */
function plainCopy(value: unknown, depth: number): unknown {
  if (depth > DEPTH_MOST) throw new Error(`it is nested more than ${DEPTH_MOST} deep`);
  switch (typeof value) {
    case "string":
      return value.toWellFormed();
    case "number":
      return Number.isFinite(value) ? value + 0 : null;
    case "boolean":
      return value;
    case "object":
      break;
    default:
      throw new Error(`a ${typeof value} is not plain data`);
  }
  if (value === null || isSealedPart(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => plainCopy(item ?? null, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (name === "__proto__") throw new Error("a field may not be named __proto__");
    if (item !== undefined) copy[name.toWellFormed()] = plainCopy(item, depth + 1);
  }
  return copy;
}
