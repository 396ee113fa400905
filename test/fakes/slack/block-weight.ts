import { isRecord, recordOf } from "../discord/json.ts";

/** Names things without being shown. */
const SILENT = new Set(["type", "style", "block_id", "action_id", "page_size", "id"]);

/** How many characters blocks take together: what they show and what their controls carry. */
export function blockWeight(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "number") return String(value).length;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + blockWeight(each), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => (SILENT.has(name) ? sum : sum + blockWeight(each)),
    0,
  );
}

/** The plain `table` is limited to one a message. */
export function tableCount(blocks: readonly unknown[]): number {
  return blocks.filter((block) => recordOf(block).type === "table").length;
}
